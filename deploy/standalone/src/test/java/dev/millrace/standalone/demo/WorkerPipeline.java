package dev.millrace.standalone.demo;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.producer.Publisher;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.producer.generator.AudioGenerator;
import dev.millrace.producer.generator.GeneratorConfig;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.migrate.Migrator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * An aggregator and a sink as processes of their own, a publisher in this one, and a database of
 * their own. The same seed is published in every run.
 */
final class WorkerPipeline implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration LENGTH = Duration.ofHours(6);
  private static final GeneratorConfig GENERATED =
      new GeneratorConfig(
          7,
          1,
          Duration.ofSeconds(1),
          Duration.ofHours(3),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          10);

  /** Longer than Kafka takes to notice a dead member and to abort its transaction. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String APPLICATION = "millrace-aggregator";

  private final String prefix;
  private final RecordCatalog catalog;
  private final Map<String, String> kafka;
  private final ConfluentSchemaRegistry registry;
  private final Database database;
  private final DSLContext sql;
  private final WorkerProcess aggregator;
  private final WorkerProcess sink;

  private WorkerPipeline(
      String name, KafkaFixture broker, RegistryFixture registryServer, EmbeddedDatabase server) {
    prefix = broker.topicPrefix() + name + ".";
    var url = server.createDatabase(name);
    catalog = Millrace.CATALOG.prefixed(prefix);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    registry = new ConfluentSchemaRegistry(registryServer.url(), Map.of());
    database = Database.open(DatabaseConfig.of(url));
    sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    new Migrator(database.dataSource()).migrate();
    try (var admin = Admin.create(Map.copyOf(kafka))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    var logs = Path.of("target", "kill-it");
    aggregator =
        WorkerProcess.start(
            logs.resolve(name + "-aggregator.log"),
            arguments(
                "aggregate",
                broker,
                registryServer,
                prefix,
                "-D",
                "aggregator.state_dir=" + logs.resolve(name + "-state"),
                "-D",
                "kafka.transaction.timeout.ms=10000"));
    sink =
        WorkerProcess.start(
            logs.resolve(name + "-sink.log"),
            arguments(
                "sink",
                broker,
                registryServer,
                prefix,
                "-D",
                "sink.group_id=" + prefix + "sink",
                "-D",
                "sink.maintain_interval_ms=0",
                "--database-url",
                url));
  }

  static WorkerPipeline start(
      String name, KafkaFixture broker, RegistryFixture registry, EmbeddedDatabase server) {
    return new WorkerPipeline(name, broker, registry, server);
  }

  private static List<String> arguments(
      String command,
      KafkaFixture broker,
      RegistryFixture registry,
      String prefix,
      String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(
        List.of(
            command,
            "--bootstrap-server",
            broker.bootstrapServers(),
            "--schema-registry-url",
            registry.url(),
            "--topic-prefix",
            prefix,
            // Dead members are noticed as soon as the broker allows.
            "-D",
            "kafka.session.timeout.ms=6000",
            "-D",
            "kafka.heartbeat.interval.ms=1000"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /**
   * Publishes six hours of one station, as fast as it goes; the result is the number of samples.
   */
  CompletableFuture<Long> publishInBackground() {
    return CompletableFuture.supplyAsync(
        () -> {
          var generator = new AudioGenerator(GENERATED, BEGIN);
          var config = PublisherConfig.from(Settings.of(Map.of()));
          var samples = 0L;
          try (var publisher = Publisher.open(catalog, config, registry, kafka)) {
            while (generator.position().isBefore(BEGIN.plus(LENGTH))) {
              for (var record : generator.tick()) {
                publisher.publish(record).exceptionally(WorkerPipeline::fail);
                samples += record instanceof Sample ? 1 : 0;
              }
            }
          }
          return samples;
        });
  }

  private static <T> T fail(Throwable failure) {
    throw new AssertionError("publishing failed", failure);
  }

  long expectedWindows() {
    return LENGTH.toSeconds() / 5 * AudioGenerator.SERIES_PER_STATION;
  }

  long storedWindows() {
    return StoredRows.count(sql, "audio", "metrics_agg_5s");
  }

  /**
   * Has the last windows closed; the books, once they balance or have not changed for long. Until
   * now no series was closed for its silence: by the wall clock, no two runs would be alike.
   */
  List<TopicBalance> settle() throws InterruptedException {
    aggregator.restartWith("-D", "aggregator.idle_timeout_ms=2000");
    try (var admin = Admin.create(Map.copyOf(kafka));
        var ledger =
            new Ledger(
                catalog,
                registry,
                kafka,
                new ReadProgress(sql, admin, prefix + APPLICATION),
                sql)) {
      return new Settling(PATIENCE).settle(ledger);
    }
  }

  WorkerProcess aggregator() {
    return aggregator;
  }

  WorkerProcess sink() {
    return sink;
  }

  StoredRows rows() {
    return StoredRows.of(sql);
  }

  @Override
  public void close() {
    aggregator.close();
    sink.close();
    database.close();
  }
}
