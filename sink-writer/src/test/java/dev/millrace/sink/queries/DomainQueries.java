package dev.millrace.sink.queries;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Contract: the queries of one domain return what is worked out here from the rows that were
 * stored. The rows are the same at each run but for their times, which count from the database's
 * clock.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DomainQueries {
  final QueriedDatabase database;
  final Random random = new Random(20251123);
  private final String domain;
  private Instant base;

  DomainQueries(QueriedDatabase database, String domain) {
    this.database = database;
    this.domain = domain;
  }

  @BeforeAll
  void loadOnce() throws SQLException {
    base = database.now();
    load();
  }

  /** Stores the rows the queries are asked of. */
  abstract void load() throws SQLException;

  /** The time rows are counted from: a moment before they were stored. */
  Instant base() {
    return base;
  }

  Instant before(long amount, ChronoUnit unit) {
    return base.minus(amount, unit);
  }

  Answer ask(String name) throws SQLException {
    return ask(name, Map.of());
  }

  Answer ask(String name, Map<String, Object> parameters) throws SQLException {
    try (var session = session()) {
      return session.ask(name, parameters);
    }
  }

  Session session() throws SQLException {
    return database.session(domain);
  }
}
