package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.Durability;
import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.Health.State;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that is away is waited for: nothing is lost, doubled or dead-lettered. */
@ExtendWith(KafkaExtension.class)
class OutageIT {
  private static final RecordType PATHS = NetworkRecords.PATH_METRICS;
  private static final RecordType METRICS = CameraRecords.SYSTEM_METRICS;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> SMALL_BATCHES =
      Map.of("sink.batch_rows", "20", "sink.retry_backoff_max_ms", "500");

  @TempDir private Path folder;
  private final KafkaFixture kafka;
  private EmbeddedDatabase server;
  private SinkHarness world;

  OutageIT(KafkaFixture kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void start() {
    server = EmbeddedDatabase.start(folder, 0, Durability.UNSYNCED);
    world = new SinkHarness(kafka, server.jdbcUrl(), PATHS, METRICS);
  }

  @AfterEach
  void close() {
    world.close();
    server.close();
  }

  @Test
  void waitsForADatabaseThatStopsAndGoesOnWhenItIsBack() {
    publishPaths(0, 200);
    try (var sink = world.sink(SMALL_BATCHES)) {
      sink.start();
      world.awaitRead(PATHS, 200);

      var port = URI.create(server.jdbcUrl().substring("jdbc:".length())).getPort();
      server.close();
      publishPaths(200, 600);
      await().atMost(PATIENCE).until(() -> sink.check().state() == State.WAITING);
      assertThat(sink.check().ready()).isFalse();
      assertThat(sink.check().live()).isTrue();

      server = EmbeddedDatabase.start(folder, port, Durability.UNSYNCED);
      world.awaitRead(PATHS, 600);
      await().until(() -> sink.check().state() == State.RUNNING);
    }
    assertStoredOnce(600);
  }

  @Test
  void storesEverythingOnceWhileItsConnectionsAreTerminated() {
    publishPaths(0, 4_000);
    try (var sink = world.sink(SMALL_BATCHES)) {
      sink.start();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                world.query(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'millrace'");
                return world.progress(PATHS, "records_read") == 4_000;
              });
    }
    assertStoredOnce(4_000);
  }

  @Test
  void stopsATopicWithoutItsTableAndKeepsTheOthersGoing() {
    world.execute("ALTER TABLE network.path_metrics RENAME TO away");
    publishPaths(0, 50);
    world.publish(METRICS, Fixtures.full(METRICS));
    world.flush();
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(METRICS, 1);
      await().until(() -> sink.check().state() == State.DEGRADED);
      assertThat(sink.check().reasons())
          .containsExactly(
              "there is no table network.path_metrics; run `millrace migrate` on this database");

      world.execute("ALTER TABLE network.away RENAME TO path_metrics");
      world.awaitRead(PATHS, 50);
      await().until(() -> sink.check().state() == State.RUNNING);
    }
    assertStoredOnce(50);
  }

  /** Rows encoded for the type a column had are refused by the server, and are not bad for it. */
  @Test
  void goesOnAfterAColumnIsWidenedAndNarrowedAgain() {
    publishPaths(0, 50);
    try (var sink = world.sink(SMALL_BATCHES)) {
      sink.start();
      world.awaitRead(PATHS, 50);
      world.execute("ALTER TABLE network.path_metrics ALTER packets_sent TYPE bigint");
      publishPaths(50, 100);
      world.awaitRead(PATHS, 100);
      world.execute("ALTER TABLE network.path_metrics ALTER packets_sent TYPE integer");
      publishPaths(100, 150);
      world.awaitRead(PATHS, 150);
    }
    assertStoredOnce(150);
  }

  private void publishPaths(int from, int to) {
    for (var number = from; number < to; number++) {
      var record = Fixtures.full(PATHS);
      record.put("packets_sent", number);
      world.publish(PATHS, number % 4, world.encode(PATHS, record));
    }
    world.flush();
  }

  private void assertStoredOnce(long records) {
    assertThat(world.number("SELECT count(*) FROM network.path_metrics")).isEqualTo(records);
    assertThat(world.number("SELECT count(DISTINCT packets_sent) FROM network.path_metrics"))
        .isEqualTo(records);
    assertThat(world.progress(PATHS, "dead_lettered")).isZero();
    assertThat(world.deadLetters(PATHS)).isEmpty();
  }
}
