package dev.millrace.standalone.demo;

import dev.millrace.aggregate.Aggregator;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.config.Settings;
import dev.millrace.failure.Health;
import dev.millrace.failure.MillraceException;
import dev.millrace.producer.Publisher;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.Sink;
import dev.millrace.sink.SinkConfig;
import dev.millrace.sink.migrate.Migrator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Publisher, aggregator and sink in one process, on servers that run: tables migrated, topics made,
 * all started. Closing stops them in the opposite order of the data's flow.
 */
public final class Pipeline implements AutoCloseable {
  private static final short ONE_REPLICA = 1;

  private final Closing closing = new Closing();
  private final RecordCatalog catalog;
  private final Map<String, String> kafka;
  private final SchemaRegistry registry;
  private final Admin admin;
  private final Database database;
  private final DSLContext sql;
  private final ReadProgress progress;
  private final Counters counters;
  private final Sink sink;
  private final Aggregator aggregator;
  private final Publisher publisher;

  /**
   * Where the servers listen.
   *
   * @param bootstrapServer of Kafka
   * @param registryUrl of the schema registry
   * @param jdbcUrl of PostgreSQL, with the user
   */
  public record Addresses(String bootstrapServer, String registryUrl, String jdbcUrl) {}

  /**
   * Makes what is missing, and starts.
   *
   * @param settings configuration keys that differ from their defaults
   * @param stateDir where Kafka Streams may keep its files
   */
  public Pipeline(
      RecordCatalog catalog, Addresses servers, Map<String, String> settings, Path stateDir) {
    this.catalog = catalog;
    this.kafka = Map.of("bootstrap.servers", servers.bootstrapServer());
    this.registry = new ConfluentSchemaRegistry(servers.registryUrl(), Map.of());
    var values = values(settings, servers, stateDir);
    try {
      admin = closing.add(Admin.create(Map.copyOf(kafka)));
      database = closing.add(Database.open(DatabaseConfig.from(values)));
      sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
      new Migrator(database.dataSource()).migrate();
      new TopicCreator(admin, ONE_REPLICA).create(catalog);
      TopicCreator.setCompatibility(catalog, registry);
      counters = new Counters(this::lag);
      sink = closing.add(sink(SinkConfig.from(values)));
      aggregator = closing.add(aggregator(AggregatorConfig.from(values)));
      progress = new ReadProgress(sql, admin, aggregator.applicationId());
      publisher = closing.add(publisher(PublisherConfig.from(values)));
      sink.start();
      aggregator.start();
    } catch (RuntimeException failed) {
      closing.close();
      throw failed;
    }
  }

  private static Settings values(Map<String, String> settings, Addresses servers, Path stateDir) {
    // What was published is counted at the end, however old it is.
    var all = new HashMap<>(Map.of("sink.maintain_interval_ms", "0"));
    all.putAll(settings);
    all.put("database.url", servers.jdbcUrl());
    all.put("aggregator.state_dir", stateDir.toString());
    return Settings.of(all);
  }

  private Sink sink(SinkConfig config) {
    return new Sink(
        catalog, config, registry, database.dataSource(), kafka, counters.sinkMetrics());
  }

  private Aggregator aggregator(AggregatorConfig config) {
    return new Aggregator(catalog, config, registry, kafka, counters.aggregatorMetrics());
  }

  private Publisher publisher(PublisherConfig config) {
    return Publisher.open(catalog, config, registry, kafka, counters.publisherMetrics());
  }

  public Publisher publisher() {
    return publisher;
  }

  /** The database, for questions. */
  public DSLContext database() {
    return sql;
  }

  Counters counters() {
    return counters;
  }

  Ledger ledger() {
    return new Ledger(catalog, registry, kafka, progress, sql);
  }

  private long lag() {
    return progress.behindAggregator().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Checks every component.
   *
   * @throws MillraceException naming what has ended, and why
   */
  public void requireHealthy() {
    requireLive("sink", sink.check());
    requireLive("aggregator", aggregator.check());
  }

  private static void requireLive(String component, Health health) {
    if (!health.live()) {
      throw new MillraceException(
          DemoFailure.COMPONENT_ENDED,
          "the %s has ended: %s".formatted(component, String.join("; ", health.reasons())));
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
