package dev.millrace.standalone.travel;

import static org.awaitility.Awaitility.await;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.producer.Publisher;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.Sink;
import dev.millrace.sink.SinkConfig;
import dev.millrace.sink.migrate.Migrator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A publisher and a sink, and Kafka between them, for some record types: topics of its own, and
 * empty tables.
 */
final class Journey implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Field<String> SINK = field(name("sink"), String.class);

  private final String prefix;
  private final Database database;
  private final DSLContext sql;
  private final Sink sink;
  private final Publisher publisher;
  private long published;

  Journey(
      KafkaFixture kafka,
      RegistryFixture registryServer,
      DatabaseFixture server,
      List<RecordType> types) {
    prefix = kafka.topicPrefix() + NUMBERS.incrementAndGet() + ".";
    var catalog = new RecordCatalog(types).prefixed(prefix);
    var client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    var registry = new ConfluentSchemaRegistry(registryServer.url(), Map.of());
    // Records of any time: the fixtures have one of their own, and nothing may go for its age.
    var century = String.valueOf(Duration.ofDays(36_500).toMillis());
    var settings =
        Settings.of(
            Map.of(
                "sink.group_id",
                prefix + "sink",
                "sink.maintain_interval_ms",
                "0",
                "publisher.max_ahead_ms",
                century));
    database = Database.open(DatabaseConfig.of(server.jdbcUrl()));
    sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    new Migrator(database.dataSource()).migrate();
    sql.transaction(of -> tables(types).forEach(each -> of.dsl().truncate(each).execute()));
    try (var admin = Admin.create(Map.copyOf(client))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    publisher = Publisher.open(catalog, PublisherConfig.from(settings), registry, client);
    sink = new Sink(catalog, SinkConfig.from(settings), registry, database.dataSource(), client);
    sink.start();
  }

  private static Stream<Table<?>> tables(List<RecordType> types) {
    return types.stream()
        .flatMap(type -> type.table().stream())
        .distinct()
        .map(stored -> table(name(stored.schema(), stored.name())));
  }

  /** Publishes a record to this journey's topic of the type, and waits for the broker. */
  void publish(RecordType type, GenericRecord record) {
    publisher.publish(type.prefixed(prefix), record).join();
    published++;
  }

  /** Waits until the sink has committed every record that was published. */
  void awaitStored() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              requireNothingPutAside();
              var read = recordsRead();
              if (read != published) {
                throw new AssertionError("%d of %d are read".formatted(read, published));
              }
            });
  }

  private void requireNothingPutAside() {
    var topics =
        sql.select(field(name("topic"), String.class))
            .from(table(name("millrace", "sink_progress")))
            .where(SINK.eq(prefix + "sink"), field(name("dead_lettered"), Long.class).gt(0L))
            .fetch(row -> row.value1());
    if (!topics.isEmpty()) {
      throw new IllegalStateException("the sink put records aside: " + topics);
    }
  }

  private long recordsRead() {
    return sql.select(sum(field(name("records_read"), Long.class)))
        .from(table(name("millrace", "sink_progress")))
        .where(SINK.eq(prefix + "sink"))
        .fetchOptional(row -> row.value1())
        .map(Number::longValue)
        .orElse(0L);
  }

  /** The database, for questions. */
  DSLContext database() {
    return sql;
  }

  @Override
  public void close() {
    sink.close();
    publisher.close();
    database.close();
  }
}
