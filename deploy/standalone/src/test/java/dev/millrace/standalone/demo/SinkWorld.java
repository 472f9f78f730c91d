package dev.millrace.standalone.demo;

import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.migrate.Migrator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics, a registry and a migrated database for sinks that are processes of their own. They log in
 * as a user who may write and nothing else, with a password that nobody is to see.
 */
final class SinkWorld implements AutoCloseable {
  static final String PASSWORD = "hunter2";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER = "watched_sink";

  private final String name;
  private final KafkaFixture broker;
  private final RegistryFixture registryServer;
  private final String prefix;
  private final RecordCatalog catalog;
  private final String databaseUrl;
  private final Database database;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, RecordEncoder> encoders = new HashMap<>();
  private final List<WatchedProcess> sinks = new ArrayList<>();

  SinkWorld(
      String name,
      KafkaFixture broker,
      RegistryFixture registryServer,
      String jdbcUrl,
      RecordType... types) {
    this.name = name;
    this.broker = broker;
    this.registryServer = registryServer;
    prefix = broker.topicPrefix() + name + ".";
    catalog = new RecordCatalog(List.of(types)).prefixed(prefix);
    var server = URI.create(jdbcUrl.substring("jdbc:".length()));
    databaseUrl =
        "postgresql://%s:%s@%s:%d%s"
            .formatted(USER, PASSWORD, server.getHost(), server.getPort(), server.getPath());
    database = Database.open(DatabaseConfig.of(jdbcUrl));
    new Migrator(database.dataSource()).migrate();
    execute(
        """
        DO $$ BEGIN CREATE ROLE %1$s LOGIN IN ROLE millrace_writer;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
            .formatted(USER));
    try (var admin = admin()) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(kafka(), bytes, bytes);
  }

  private Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private Admin admin() {
    return Admin.create(kafka());
  }

  /** Starts one more sink of the group. */
  WatchedProcess start(String... keys) {
    var arguments =
        new ArrayList<>(
            List.of(
                "sink",
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--schema-registry-url",
                registryServer.url(),
                "--topic-prefix",
                prefix,
                "--database-url",
                databaseUrl,
                "-D",
                "sink.group_id=" + group()));
    for (var key : keys) {
      arguments.addAll(List.of("-D", key));
    }
    var log = Path.of("target", "sink-it", name + "-" + sinks.size() + ".log");
    var sink = WatchedProcess.start(log, arguments);
    sinks.add(sink);
    return sink;
  }

  private String group() {
    return prefix + "sink";
  }

  String topic(RecordType type) {
    return prefix + type.topic();
  }

  /** Publishes to one partition; {@link #flush} waits for it. */
  void publish(RecordType type, int partition, byte[] value) {
    var key = "key".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic(type), partition, key, value));
  }

  void publish(RecordType type, int partition, Consumer<GenericRecord> change) {
    var record = Fixtures.full(type);
    change.accept(record);
    publish(type, partition, encode(type, record));
  }

  private byte[] encode(RecordType type, GenericRecord record) {
    return encoders
        .computeIfAbsent(
            type.topic(),
            topic ->
                new RecordEncoder(
                    catalog.byTopic(topic(type)),
                    new ConfluentSchemaRegistry(registryServer.url(), Map.of())))
        .encode(record);
  }

  void flush() {
    producer.flush();
  }

  /** Waits until this many records of the topic are read and committed. */
  void awaitRead(RecordType type, long records) {
    await().atMost(PATIENCE).until(() -> progress(type, "records_read").orElse(-1) == records);
  }

  /** The sum of a column over the partitions of a topic; empty while the database is away. */
  OptionalLong progress(RecordType type, String column) {
    return find(
        "SELECT coalesce(sum(%s), 0) FROM millrace.sink_progress WHERE sink = '%s' AND topic = '%s'"
            .formatted(column, group(), topic(type)));
  }

  long number(String sql) {
    return find(sql).orElseThrow();
  }

  private OptionalLong find(String sql) {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return OptionalLong.of(rows.getLong(1));
    } catch (SQLException away) {
      return OptionalLong.empty();
    }
  }

  private void execute(String sql) {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  /** A connection of the superuser. */
  Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }

  /** Who is in the group, by the id it was given when it joined. */
  List<String> members() {
    try (var admin = admin()) {
      return admin
          .describeConsumerGroups(List.of(group()))
          .all()
          .get()
          .get(group())
          .members()
          .stream()
          .map(MemberDescription::consumerId)
          .sorted()
          .toList();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() {
    sinks.forEach(WatchedProcess::close);
    producer.close(Duration.ofSeconds(5));
    database.close();
  }
}
