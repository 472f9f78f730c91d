package dev.millrace.bench.site;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.millrace.schema.RecordType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Holds the sinks' transactions where they are to be killed. The database does it, the sinks know
 * nothing of it: a trigger behind COPY waits for a lock, the rows of the progress are locked, or a
 * commit waits for a standby that does not exist. One thread.
 */
public final class Gate {
  private static final long LOCK = 0x67617465L;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String FUNCTION =
      """
      CREATE FUNCTION public.bench_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(%d);
        RETURN NULL;
      END $$
      """
          .formatted(LOCK);

  private static final String TRIGGER =
      "CREATE TRIGGER bench_gate AFTER INSERT ON {0} FOR EACH STATEMENT EXECUTE FUNCTION public.bench_gate()";

  private static final String RELOAD = "SELECT pg_reload_conf()";

  /** Where a transaction can be held. */
  public enum Place {
    /** The rows are in, and the COPY, or the upsert, has not ended. */
    IN_COPY("wait_event = 'advisory' AND query !~* '^select'"),
    /** The COPY has ended, and the progress is about to be moved. */
    BEFORE_COMMIT("wait_event_type = 'Lock' AND query ~* '^update.*sink_progress'"),
    /** The commit is on disk, and the sink does not know yet. */
    AFTER_COMMIT("wait_event = 'SyncRep'");

    private final String question;

    Place(String waiting) {
      question =
          "SELECT application_name FROM pg_stat_activity WHERE application_name = ANY (?) AND "
              + waiting
              + " LIMIT 1";
    }
  }

  private final Site site;

  /** Puts the triggers into the database. */
  public Gate(Site site, List<RecordType> types) throws SQLException {
    this.site = site;
    try (var connection = site.connect()) {
      var sql = DSL.using(connection, SQLDialect.POSTGRES);
      sql.execute(FUNCTION);
      for (var type : types) {
        var stored = type.table().orElseThrow();
        sql.execute(TRIGGER, table(name(stored.schema(), stored.name())));
      }
    }
  }

  /**
   * Waits until one of the sinks stands at the place, hands its name over, and lets everybody go.
   *
   * @return the name, or none if nobody came
   */
  public Optional<String> hold(Place place, Collection<String> sinks, Consumer<String> then)
      throws SQLException {
    try (var connection = site.connect()) {
      close(place, connection);
      try {
        var held = new AtomicReference<String>();
        if (Waiting.within(PATIENCE, () -> stands(place, sinks, held))) {
          then.accept(held.get());
        }
        return Optional.ofNullable(held.get());
      } finally {
        open(place, connection);
      }
    }
  }

  private boolean stands(Place place, Collection<String> sinks, AtomicReference<String> held)
      throws SQLException {
    try (var connection = site.connect();
        var statement = connection.prepareStatement(place.question)) {
      statement.setArray(1, connection.createArrayOf("text", sinks.toArray()));
      try (var row = statement.executeQuery()) {
        if (row.next()) {
          held.set(row.getString(1));
        }
        return held.get() != null;
      }
    }
  }

  private static void close(Place place, Connection connection) throws SQLException {
    switch (place) {
      case IN_COPY -> execute(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
      case BEFORE_COMMIT -> {
        connection.setAutoCommit(false);
        execute(connection, "SELECT 1 FROM millrace.sink_progress FOR UPDATE");
      }
      case AFTER_COMMIT -> {
        execute(connection, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        execute(connection, RELOAD);
      }
    }
  }

  private static void open(Place place, Connection connection) throws SQLException {
    switch (place) {
      case IN_COPY -> execute(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
      case BEFORE_COMMIT -> connection.rollback();
      case AFTER_COMMIT -> {
        execute(connection, "ALTER SYSTEM RESET synchronous_standby_names");
        execute(connection, RELOAD);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
