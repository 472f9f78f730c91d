package dev.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Kills the workers' processes in the middle of a run and starts them again: the tables must end up
 * as a quiet run leaves them.
 */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
class KillIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static EmbeddedDatabase database;

  @BeforeAll
  static void startDatabase() {
    database = EmbeddedDatabase.temporary();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void killedWorkersLeaveTheRowsOfAQuietRun(KafkaFixture kafka, RegistryFixture registry)
      throws Exception {
    var quiet = run("quiet", kafka, registry, false);
    var killed = run("killed", kafka, registry, true);

    assertThat(quiet.windows()).isNotEmpty();
    assertThat(killed.windows()).isEqualTo(quiet.windows());
    assertThat(killed.traces()).isEqualTo(quiet.traces());
    assertThat(killed.incidents()).isEqualTo(quiet.incidents());
    assertThat(killed.baselines()).isEqualTo(quiet.baselines());
  }

  private static StoredRows run(
      String name, KafkaFixture kafka, RegistryFixture registry, boolean kill) throws Exception {
    try (var pipeline = WorkerPipeline.start(name, kafka, registry, database)) {
      var samples = pipeline.publishInBackground();
      if (kill) {
        for (var quarter = 1; quarter <= 3; quarter++) {
          var threshold = pipeline.expectedWindows() * quarter / 4;
          await().atMost(PATIENCE).until(() -> pipeline.storedWindows() >= threshold);
          pipeline.aggregator().killAndRestart();
          pipeline.sink().killAndRestart();
        }
      }
      samples.get();
      assertThat(pipeline.settle()).allSatisfy(topic -> assertThat(topic.holds()).isTrue());
      return pipeline.rows();
    }
  }
}
