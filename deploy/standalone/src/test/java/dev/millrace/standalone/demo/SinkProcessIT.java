package dev.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command {@code sink} as an operator meets it: what it shows, and how it ends. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
class SinkProcessIT {
  private static final RecordType PATHS = NetworkRecords.PATH_METRICS;
  private static final RecordType SEGMENTS = AudioRecords.SEGMENTS;
  private static final RecordType CAMERAS = CameraRecords.CAMERAS;
  private static final int PARTITIONS = 4;
  private static final byte[] NO_AVRO = "no avro".getBytes(StandardCharsets.UTF_8);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WAITING_FOR_A_LOCK =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

  /** Of a stop that is graceful. */
  private static final Duration PROMISED = Duration.ofSeconds(10);

  private static EmbeddedDatabase server;

  private final KafkaFixture kafka;
  private final RegistryFixture registry;
  private SinkWorld world;

  SinkProcessIT(KafkaFixture kafka, RegistryFixture registry) {
    this.kafka = kafka;
    this.registry = registry;
  }

  @BeforeAll
  static void startDatabase() {
    server = EmbeddedDatabase.temporary();
  }

  @AfterAll
  static void stopDatabase() {
    server.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    var name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    world =
        new SinkWorld(name, kafka, registry, server.createDatabase(name), PATHS, SEGMENTS, CAMERAS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void showsWhatItDoes() throws IOException {
    publishPaths(0, 400);
    world.publish(PATHS, 0, NO_AVRO);
    world.publish(PATHS, 1, NO_AVRO);
    world.publish(PATHS, 1, record -> record.put("source_ip", "nowhere"));
    world.publish(SEGMENTS, 0, record -> record.put("bucket_ms", 4_999));
    for (var i = 0; i < 3; i++) {
      world.publish(CAMERAS, 0, record -> {});
    }
    world.flush();
    var first = world.start("sink.batch_rows=20");
    world.awaitRead(PATHS, 403);
    world.awaitRead(SEGMENTS, 1);
    world.awaitRead(CAMERAS, 3);
    first.awaitReady();
    assertThat(first.get("/health/live").statusCode()).isEqualTo(200);
    // It may not maintain, and says so; that keeps it from nothing else.
    assertThat(first.get("/health/ready").body()).contains("DEGRADED").contains("owner");

    awaitBalance(first);
    var scrape = first.scrape();
    assertThat(scrape.sum("millrace_sink_records_read_total", of(PATHS))).isEqualTo(403);
    assertThat(scrape.sum("millrace_sink_rows_stored_total", of(PATHS))).isEqualTo(400);
    assertThat(scrape.sum("millrace_sink_rows_stored_total", of(PATHS, 2))).isEqualTo(100);
    assertThat(deadLetters(scrape, PATHS, 0, "UNDECODABLE")).isEqualTo(1);
    assertThat(deadLetters(scrape, PATHS, 1, "UNDECODABLE")).isEqualTo(1);
    assertThat(deadLetters(scrape, PATHS, 1, "VALUE_UNREADABLE")).isEqualTo(1);
    assertThat(deadLetters(scrape, SEGMENTS, 0, "ROW_REFUSED")).isEqualTo(1);
    assertThat(scrape.sum("millrace_sink_conflicts_total", of(CAMERAS))).isPositive();
    assertThat(scrape.sum("millrace_sink_bytes_total", of(PATHS))).isGreaterThan(400 * 50);
    assertThat(scrape.sum("millrace_sink_lag", of(PATHS))).isZero();
    assertThat(scrape.sum("millrace_sink_lag_seconds", of(PATHS))).isZero();
    var batches = scrape.sum("millrace_sink_batches_seconds_count", of(PATHS));
    assertThat(batches).isBetween(20.0, 403.0);
    assertThat(buckets(scrape, "+Inf")).isEqualTo(batches);
    assertThat(buckets(scrape, "10.0")).isEqualTo(batches);
    assertThat(scrape.series("millrace_sink_batches_seconds_bucket"))
        .filteredOn(labels -> labels.entrySet().containsAll(of(PATHS, 0).entrySet()))
        .hasSize(12);
    assertThat(scrape.sum("millrace_ready")).isEqualTo(1);
    assertThat(scrape.series("hikaricp_connections_active")).isNotEmpty();
    assertThat(scrape.series("kafka_consumer_coordinator_rebalance_total")).isNotEmpty();
    assertThat(scrape.series("jvm_memory_used_bytes")).isNotEmpty();
    assertDocumented(scrape);
    assertThat(scrape.size()).isLessThan(500);

    var second = world.start("sink.batch_rows=20");
    second.awaitReady();
    await().atMost(PATIENCE).until(() -> world.members().size() == 2);
    publishPaths(400, 800);
    world.awaitRead(PATHS, 803);
    awaitBalance(first);
    awaitBalance(second);
    var both = List.of(first.scrape(), second.scrape());
    assertThat(total(both, "millrace_sink_rows_stored_total")).isEqualTo(800);
    assertThat(total(both, "millrace_sink_dead_letters_total")).isEqualTo(3);
    assertThat(both)
        .allSatisfy(
            each ->
                assertThat(each.sum("millrace_sink_rows_stored_total", of(PATHS))).isPositive());
    assertThat(world.progress(PATHS, "rows_stored")).hasValue(800);

    for (var text : shownBy(first)) {
      assertThat(text).doesNotContain(SinkWorld.PASSWORD);
    }
  }

  /** A batch that can be finished is; one that cannot is rolled back. Both are read again. */
  @Test
  void endsWithinTenSecondsInTheMiddleOfALoadAndWhileATableIsLocked() throws Exception {
    var records = 10_000;
    publishPaths(0, records);
    var loaded = world.start("sink.batch_rows=5");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> world.progress(PATHS, "records_read").orElse(0) > 1_000);
    assertThat(loaded.terminate(PROMISED)).hasValue(0);
    assertThat(world.progress(PATHS, "records_read").orElseThrow()).isLessThan(records);

    try (var other = world.connect();
        var statement = other.createStatement()) {
      statement.execute("LOCK TABLE network.path_metrics IN ACCESS EXCLUSIVE MODE");
      var held = world.start();
      await().atMost(PATIENCE).until(() -> world.number(WAITING_FOR_A_LOCK) > 0);
      assertThat(held.terminate(PROMISED)).hasValue(0);
      assertThat(held.log())
          .containsOnlyOnce("given away before their batches are done")
          .doesNotContain("has not stopped within");
    }
    world.start();
    assertStoredOnce(records);
  }

  /** Of {@code docs/operations.md}. */
  private static void assertDocumented(Scrape scrape) throws IOException {
    var page = Files.readString(Path.of("../../docs/operations.md"));
    assertThat(scrape.meters())
        .filteredOn(name -> name.startsWith("millrace_") && !name.contains("maintenance"))
        .hasSizeGreaterThan(10)
        .allSatisfy(name -> assertThat(page).contains(name));
  }

  private void publishPaths(int from, int to) {
    for (var number = from; number < to; number++) {
      var value = number;
      world.publish(PATHS, number % PARTITIONS, record -> record.put("packets_sent", value));
    }
    world.flush();
  }

  private void assertStoredOnce(long records) {
    world.awaitRead(PATHS, records);
    assertThat(world.number("SELECT count(*) FROM network.path_metrics")).isEqualTo(records);
    assertThat(world.number("SELECT count(DISTINCT packets_sent) FROM network.path_metrics"))
        .isEqualTo(records);
    assertThat(world.progress(PATHS, "dead_lettered")).hasValue(0);
  }

  /**
   * Within a second or two of the last record, read = stored + dead-lettered + given back + held.
   */
  private static void awaitBalance(WatchedProcess sink) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var scrape = sink.scrape();
              assertThat(scrape.series("millrace_sink_records_read_total"))
                  .isNotEmpty()
                  .allSatisfy(
                      partition ->
                          assertThat(
                                  Stream.of(
                                          "rows_stored_total",
                                          "dead_letters_total",
                                          "records_given_back_total",
                                          "records_in_flight")
                                      .mapToDouble(
                                          each -> scrape.sum("millrace_sink_" + each, partition))
                                      .sum())
                              .isEqualTo(
                                  scrape.sum("millrace_sink_records_read_total", partition)));
              assertThat(scrape.sum("millrace_sink_records_in_flight")).isZero();
            });
  }

  private double total(List<Scrape> scrapes, String name) {
    return scrapes.stream().mapToDouble(each -> each.sum(name, of(PATHS))).sum();
  }

  private double deadLetters(Scrape scrape, RecordType type, int partition, String code) {
    return scrape.sum(
        "millrace_sink_dead_letters_total",
        Map.of("topic", world.topic(type), "partition", Integer.toString(partition), "code", code));
  }

  private double buckets(Scrape scrape, String upTo) {
    return scrape.sum(
        "millrace_sink_batches_seconds_bucket", Map.of("topic", world.topic(PATHS), "le", upTo));
  }

  private Map<String, String> of(RecordType type) {
    return Map.of("topic", world.topic(type));
  }

  private Map<String, String> of(RecordType type, int partition) {
    return Map.of("topic", world.topic(type), "partition", Integer.toString(partition));
  }

  private static List<String> shownBy(WatchedProcess sink) {
    return List.of(sink.log(), sink.get("/metrics").body(), sink.get("/health/ready").body());
  }
}
