package dev.millrace.sink.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.queries.Inventory.Entry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract: an analyst runs every query of the seeds, and gets what is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SeedQueriesContract {
  private QueriedDatabase server;

  /** Whether the server has TimescaleDB. */
  abstract boolean timescale();

  @BeforeAll
  void migrate(DatabaseFixture fixture) throws SQLException {
    server = new QueriedDatabase(fixture, timescale());
  }

  @AfterAll
  void leavesNoQueryOfTheInventoryOut() {
    assertThat(server.asked())
        .containsExactlyInAnyOrderElementsOf(
            Inventory.entries().stream()
                .filter(entry -> entry.query() != null)
                .map(Entry::query)
                .toList());
  }

  /**
   * TimescaleDB's function where it is, and where it is not one that cuts time at the same places.
   */
  @ParameterizedTest
  @CsvSource({
    "5 minutes, 2026-11-20T17:58:31.123456Z, 2026-11-20T17:55:00Z",
    "1 hour, 2026-11-20T17:58:31Z, 2026-11-20T17:00:00Z",
    "1 hour, 2026-11-20T17:00:00Z, 2026-11-20T17:00:00Z",
    "1 day, 2026-11-20T17:58:31Z, 2026-11-20T00:00:00Z",
    "7 days, 2026-11-20T17:58:31Z, 2026-11-16T00:00:00Z",
    "10 days, 1999-12-31T23:59:59Z, 1999-12-24T00:00:00Z",
    "1 month, 2026-11-20T17:58:31Z, 2026-11-01T00:00:00Z",
    "5 months, 2026-11-20T17:58:31Z, 2026-09-01T00:00:00Z",
    "1 year, 1969-07-20T20:17:40Z, 1969-01-01T00:00:00Z"
  })
  void cutsTimeIntoBuckets(String width, Instant time, Instant bucket) throws SQLException {
    try (var session = server.session("fiber")) {
      session
          .run(
              "SELECT time_bucket(:width::interval, :time)", Map.of(":width", width, ":time", time))
          .is(List.of(List.of(bucket)));
    }
  }

  @Nested
  class Audio extends AudioQueries {
    Audio() {
      super(server);
    }
  }

  @Nested
  class Network extends NetworkQueries {
    Network() {
      super(server);
    }
  }

  @Nested
  class Hub extends HubQueries {
    Hub() {
      super(server);
    }
  }

  @Nested
  class Fiber extends FiberStorage {
    Fiber() {
      super(server);
    }
  }

  @Nested
  class Camera extends CameraMonitoring {
    Camera() {
      super(server);
    }
  }
}
