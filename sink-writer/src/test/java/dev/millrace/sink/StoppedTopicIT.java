package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.Health.State;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an operator has to mend stops one topic, says what to do, and is over without a restart once
 * it is mended. Nothing is dead-lettered for it.
 */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class StoppedTopicIT {
  private static final RecordType SEGMENTS = AudioRecords.SEGMENTS;
  private static final RecordType METRICS = CameraRecords.SYSTEM_METRICS;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SinkHarness world;

  StoppedTopicIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), SEGMENTS, METRICS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE audio.audio_segments_5s RENAME TO away | run `millrace migrate` | ALTER TABLE audio.away RENAME TO audio_segments_5s
          REVOKE INSERT ON audio.audio_segments_5s FROM millrace_writer | a member of millrace_writer | GRANT INSERT ON audio.audio_segments_5s TO millrace_writer
          ALTER TABLE audio.audio_segments_5s ALTER channels TYPE text, DROP CONSTRAINT audio_segments_5s_channels_check | change the column to one of | ALTER TABLE audio.audio_segments_5s ALTER channels TYPE integer USING channels::integer
          ALTER TYPE audio.tap_type RENAME VALUE 'PRE' TO 'EARLY' | add them with ALTER TYPE | ALTER TYPE audio.tap_type RENAME VALUE 'EARLY' TO 'PRE'
          """)
  void theOthersGoOnAndItGoesOnOnceMended(String breaking, String message, String mending) {
    world.execute("TRUNCATE audio.audio_segments_5s");
    world.execute(breaking);
    world.publish(SEGMENTS, Fixtures.full(SEGMENTS));
    world.publish(METRICS, Fixtures.full(METRICS));
    world.flush();
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(METRICS, 1);
      await().atMost(PATIENCE).until(() -> sink.check().state() == State.DEGRADED);
      assertThat(sink.check().reasons())
          .singleElement()
          .asString()
          .contains("audio.audio_segments_5s", message);

      world.execute(mending);
      world.awaitRead(SEGMENTS, 1);
      await().atMost(PATIENCE).until(() -> sink.check().state() == State.RUNNING);
    }
    assertThat(world.number("SELECT count(*) FROM audio.audio_segments_5s")).isEqualTo(1);
    assertThat(world.progress(SEGMENTS, "dead_lettered")).isZero();
  }
}
