package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Fixtures;
import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the sink promises when all is well, when it is started again, and when it is not alone. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class SinkIT {
  private static final RecordType READINGS = NetworkRecords.PATH_METRICS;
  private static final String TABLE = "network.path_metrics";

  private final SinkHarness world;

  SinkIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), READINGS);
  }

  @BeforeEach
  void emptyTable() {
    world.execute("TRUNCATE " + TABLE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void storesEveryRecordOfEveryPartitionOnce() {
    publish(0, 1_000);
    try (var sink = world.sink(Map.of("sink.batch_rows", "100"))) {
      sink.start();
      world.awaitRead(READINGS, 1_000);
      assertThat(sink.check()).isEqualTo(Health.of(State.RUNNING));
    }
    assertStoredOnce(1_000);
    assertThat(world.progress(READINGS, "rows_stored")).isEqualTo(1_000);
    assertThat(world.progress(READINGS, "next_offset")).isEqualTo(1_000);
  }

  @Test
  void goesOnWhereTheDatabaseSaysAfterARestart() {
    publish(0, 300);
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 300);
    }
    publish(300, 500);
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 500);
    }
    assertStoredOnce(500);
  }

  /** Kafka's copy of the offsets is for lag tools: whatever it says, the database decides. */
  @Test
  void doesNotBelieveTheOffsetsInKafka() {
    publish(0, 100);
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 100);
      await().until(() -> world.kafkaOffset(READINGS, 0).orElse(0L) == 25);
    }
    world.execute("TRUNCATE " + TABLE);
    world.execute("DELETE FROM millrace.sink_progress WHERE sink = '" + world.group + "'");
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 100);
    }
    assertStoredOnce(100);
  }

  @Test
  void rejoinsAfterItsClaimIsTakenAndStoresNothingTwice() {
    publish(0, 100);
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 100);
      world.execute("UPDATE millrace.sink_progress SET epoch = epoch + 1");
      publish(100, 200);
      world.awaitRead(READINGS, 200);
    }
    assertStoredOnce(200);
  }

  @Test
  void sharesPartitionsWithAnotherSinkAndTakesThemBack() {
    try (var first = world.sink()) {
      first.start();
      publish(0, 400);
      world.awaitRead(READINGS, 400);
      try (var second = world.sink()) {
        second.start();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    world.number(
                            "SELECT count(*) FROM millrace.sink_progress WHERE epoch > 1 AND sink = '%s'"
                                .formatted(world.group))
                        == 2);
        publish(400, 800);
        world.awaitRead(READINGS, 800);
      }
      publish(800, 1_200);
      world.awaitRead(READINGS, 1_200);
    }
    assertStoredOnce(1_200);
  }

  @Test
  void stopsAPartitionThatEndsBeforeItsOffsetUntilAnOperatorDecides() {
    publish(0, 100);
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 100);
    }
    setNextOffset(4_000);
    publish(100, 200);
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(READINGS, 175);
      await().until(() -> sink.check().state() == State.DEGRADED);
      assertThat(sink.check().reasons().toString()).contains("-0 ends before offset 4000");

      setNextOffset(25);
      world.awaitRead(READINGS, 200);
      await().until(() -> sink.check().state() == State.RUNNING);
    }
    assertStoredOnce(200);
  }

  @Test
  void closesWithoutEverHavingStarted() {
    var sink = world.sink();
    assertThat(sink.check().state()).isEqualTo(State.STOPPED);
    sink.close();
    assertThat(sink.check()).isEqualTo(Health.of(State.STOPPED, "closed"));
  }

  @Test
  void saysSoWhileKafkaIsNotThereAndStopsAllTheSame() {
    var nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
    var config = SinkConfig.from(Settings.of(Map.of("sink.group_id", world.group)));
    var sink =
        new Sink(world.catalog, config, world.registry, world.database.dataSource(), nowhere);
    sink.start();
    await().until(() -> sink.check().state() == State.WAITING);
    assertThat(sink.check().reasons().toString()).contains("bootstrap.servers");
    sink.close();
    assertThat(sink.check().state()).isEqualTo(State.STOPPED);
  }

  private void setNextOffset(long offset) {
    world.execute(
        "UPDATE millrace.sink_progress SET next_offset = %d WHERE partition = 0 AND sink = '%s'"
            .formatted(offset, world.group));
  }

  private void publish(int from, int to) {
    for (var number = from; number < to; number++) {
      var record = Fixtures.full(READINGS);
      record.put("packets_sent", number);
      world.publish(READINGS, number % 4, world.encode(READINGS, record));
    }
    world.flush();
  }

  private void assertStoredOnce(long records) {
    assertThat(world.number("SELECT count(*) FROM " + TABLE)).isEqualTo(records);
    assertThat(world.number("SELECT count(DISTINCT packets_sent) FROM " + TABLE))
        .isEqualTo(records);
  }
}
