package dev.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.Durability;
import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database's process ends while records keep coming, and is started again. {@code
 * -Dmillrace.outage.seconds=60} makes the outage as long as the one that is promised for.
 */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
class SinkOutageIT {
  private static final RecordType PATHS = NetworkRecords.PATH_METRICS;
  private static final int PARTITIONS = 4;
  private static final int RECORDS_A_TICK = 20;
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("millrace.outage.seconds", 6));

  private static final Map<String, String> AWAY = Map.of("code", "DATABASE_UNAVAILABLE");

  /** From when the database takes connections again. */
  private static final Duration PROMISED = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private final KafkaFixture kafka;
  private final RegistryFixture registry;
  private EmbeddedDatabase server;
  private SinkWorld world;

  SinkOutageIT(KafkaFixture kafka, RegistryFixture registry) {
    this.kafka = kafka;
    this.registry = registry;
  }

  @BeforeEach
  void open() {
    server = EmbeddedDatabase.start(folder, 0, Durability.UNSYNCED);
    world = new SinkWorld("outage", kafka, registry, server.jdbcUrl(), PATHS);
  }

  @AfterEach
  void close() {
    world.close();
    server.close();
  }

  @Test
  void waitsOutADatabaseThatIsAway() throws Exception {
    var sink = world.start();
    var published = new AtomicInteger();
    var feed = Executors.newSingleThreadScheduledExecutor();
    try {
      var feeding =
          feed.scheduleAtFixedRate(() -> publishSome(published), 0, 100, TimeUnit.MILLISECONDS);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> sink.isReady() && world.progress(PATHS, "records_read").orElse(0) > 100);
      var members = world.members();
      var rebalances = rebalances(sink);

      var port = URI.create(server.jdbcUrl().substring("jdbc:".length())).getPort();
      server.close();
      var end = CompletableFuture.delayedExecutor(OUTAGE.toMillis(), TimeUnit.MILLISECONDS);
      var over = CompletableFuture.runAsync(() -> {}, end);
      await().atMost(PROMISED).until(() -> !sink.isReady());
      assertThat(sink.get("/health/ready").body())
          .contains("\"WAITING\"", "Check that PostgreSQL runs there");
      while (!over.isDone()) {
        assertThat(sink.isReady()).isFalse();
        assertThat(sink.get("/health/live").statusCode()).isEqualTo(200);
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
      }
      assertThat(sink.scrape().sum("millrace_sink_lag"))
          .isGreaterThan(OUTAGE.toSeconds() * RECORDS_A_TICK);
      assertThat(sink.scrape().sum("millrace_sink_lag_seconds")).isPositive();
      assertThat(sink.scrape().sum("millrace_sink_retries_total", AWAY)).isPositive();

      server = EmbeddedDatabase.start(folder, port, Durability.UNSYNCED);
      var back = System.nanoTime();
      await().atMost(PROMISED).until(sink::isReady);
      var missed = published.get();
      await()
          .atMost(PROMISED)
          .until(() -> world.progress(PATHS, "records_read").orElse(0) >= missed);
      System.out.printf(
          "outage of %s: stored again and caught up with %d records %d ms after its end%n",
          OUTAGE, missed, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back));

      feeding.cancel(false);
      feed.shutdown();
      assertThat(feed.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertStoredOnce(published.get());
      assertThat(world.members()).isEqualTo(members);
      assertThat(rebalances(sink)).isEqualTo(rebalances);
      assertThat(sink.scrape().sum("millrace_sink_dead_letters_total")).isZero();
      assertThat(sink.log().lines().filter(line -> line.contains("DATABASE_UNAVAILABLE")))
          .hasSizeBetween(1, 4);
    } finally {
      feed.shutdownNow();
    }
  }

  private static double rebalances(WatchedProcess sink) {
    return sink.scrape().sum("kafka_consumer_coordinator_rebalance_total");
  }

  private void publishSome(AtomicInteger published) {
    for (var i = 0; i < RECORDS_A_TICK; i++) {
      var number = published.get();
      world.publish(PATHS, number % PARTITIONS, record -> record.put("packets_sent", number));
      published.incrementAndGet();
    }
  }

  private void assertStoredOnce(long records) {
    world.flush();
    world.awaitRead(PATHS, records);
    assertThat(world.number("SELECT count(*) FROM network.path_metrics")).isEqualTo(records);
    assertThat(world.number("SELECT count(DISTINCT packets_sent) FROM network.path_metrics"))
        .isEqualTo(records);
    assertThat(world.progress(PATHS, "dead_lettered")).hasValue(0);
  }
}
