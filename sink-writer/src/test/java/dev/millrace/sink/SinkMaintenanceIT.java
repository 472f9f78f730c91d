package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.Health.State;
import dev.millrace.schema.hub.HubRecords;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink maintains the tables beside its own work. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class SinkMaintenanceIT {
  private static final Map<String, String> EVERY_HOUR =
      Map.of("sink.maintain_interval_ms", "3600000");

  private final SinkHarness world;

  SinkMaintenanceIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), HubRecords.EVENTS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void maintainsWhenItStarts() {
    world.execute(
        "INSERT INTO camera.alerts (alert_type, severity, title, description, created_at)"
            + " VALUES ('motion', 1, 'old', 'old', '2014-07-01')");
    try (var sink = world.sinkOfOwner(EVERY_HOUR)) {
      sink.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> world.number("SELECT count(*) FROM camera.alerts") == 0);
      await().atMost(Duration.ofMinutes(1)).until(() -> sink.check().state() == State.RUNNING);
    }
  }

  /** Storing goes on without the owner's rights; that nothing is maintained is seen. */
  @Test
  void saysThatItMayNot() {
    try (var sink = world.sink(EVERY_HOUR)) {
      sink.start();
      await().atMost(Duration.ofMinutes(1)).until(() -> sink.check().state() == State.DEGRADED);
      assertThat(sink.check().reasons())
          .singleElement()
          .asString()
          .contains("permission denied", "millrace_owner");
      assertThat(sink.check().ready()).isTrue();
    }
  }
}
