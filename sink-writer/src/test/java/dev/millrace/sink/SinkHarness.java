package dev.millrace.sink;

import static org.awaitility.Awaitility.await;

import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.LetterFilter;
import dev.millrace.sink.deadletter.LetterReader;
import dev.millrace.sink.deadletter.Replay;
import dev.millrace.sink.deadletter.Replayed;
import dev.millrace.sink.write.AsideBook;
import dev.millrace.sink.write.Origin;
import dev.millrace.sink.write.Transactions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The world around a sink under test: topics, a producer, a migrated database, questions to it. The
 * sink's user may do what {@code millrace_writer} may, and nothing else.
 */
final class SinkHarness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger RUNS = new AtomicInteger();

  final RecordCatalog catalog;
  final SchemaRegistry registry;
  final Database database;
  final String group;
  private final Database writer;
  private final KafkaFixture kafka;
  private final String prefix;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, RecordEncoder> encoders = new HashMap<>();

  SinkHarness(KafkaFixture kafka, String jdbcUrl, RecordType... types) {
    this.kafka = kafka;
    this.prefix = kafka.topicPrefix() + RUNS.incrementAndGet() + ".";
    this.group = prefix + "sink";
    this.catalog = new RecordCatalog(List.of(types)).prefixed(prefix);
    this.registry = new ConfluentSchemaRegistry("mock://" + prefix, Map.of());
    this.database = Database.open(DatabaseConfig.of(Migrated.url(jdbcUrl)));
    this.writer = Database.open(DatabaseConfig.of(Login.memberOf("millrace_writer", jdbcUrl)));
    try (var admin = Admin.create(properties())) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(properties(), bytes, bytes);
  }

  private Map<String, Object> properties() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  Map<String, String> kafkaProperties() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** The type on this test's own topic. */
  RecordType own(RecordType type) {
    return catalog.byTopic(prefix + type.topic());
  }

  Sink sink() {
    return sink(Map.of());
  }

  Sink sink(Map<String, String> overrides) {
    return sink(overrides, Map.of());
  }

  /** With settings of Kafka's clients. */
  Sink sink(Map<String, String> overrides, Map<String, String> kafkaSettings) {
    return sink(overrides, kafkaSettings, writer);
  }

  /** One that may also maintain the tables. */
  Sink sinkOfOwner(Map<String, String> overrides) {
    return sink(overrides, Map.of(), database);
  }

  private Sink sink(
      Map<String, String> overrides, Map<String, String> kafkaSettings, Database login) {
    var flags =
        new HashMap<>(
            Map.of(
                "sink.group_id", group,
                "sink.stopped_retry_ms", "200",
                // Fixtures are of times long past.
                "sink.maintain_interval_ms", "0"));
    flags.putAll(overrides);
    var properties = new HashMap<>(kafkaSettings);
    properties.putAll(kafkaProperties());
    return new Sink(
        catalog, SinkConfig.from(Settings.of(flags)), registry, login.dataSource(), properties);
  }

  byte[] encode(RecordType type, GenericRecord record) {
    return encoders
        .computeIfAbsent(type.topic(), topic -> new RecordEncoder(own(type), registry))
        .encode(record);
  }

  void publish(RecordType type, GenericRecord record) {
    publish(type, 0, encode(type, record));
  }

  /** Publishes bytes as they are to one partition; {@link #flush} waits for them. */
  void publish(RecordType type, int partition, byte[] value) {
    var key = "key".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(own(type).topic(), partition, key, value));
  }

  void flush() {
    producer.flush();
  }

  /** Waits until this many records of the topic are read and committed. */
  void awaitRead(RecordType type, long records) {
    await()
        .atMost(PATIENCE)
        // After an outage the harness' own connections are dead, too.
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> progress(type, "records_read"), read -> read == records);
  }

  /** The sum of a column of the progress over the partitions of a topic. */
  long progress(RecordType type, String column) {
    return number(
        "SELECT coalesce(sum(%s), 0) FROM millrace.sink_progress WHERE sink = '%s' AND topic = '%s'"
            .formatted(column, group, own(type).topic()));
  }

  long number(String sql) {
    return query(sql).map(Long::parseLong).orElseThrow();
  }

  /** The first column of the first row. */
  Optional<String> query(String sql) {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  void execute(String sql) {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  /** Everything in the dead-letter topic of a type. */
  List<ConsumerRecord<byte[], byte[]>> deadLetters(RecordType type) {
    var partition = new TopicPartition(own(type).deadLetterTopic(), 0);
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(properties(), bytes, bytes)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var end = consumer.endOffsets(List.of(partition)).get(partition);
      var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
      }
      return letters;
    }
  }

  /** Replays letters as an operator does who logs in as the sink. */
  Replayed replay(RecordType type, LetterFilter meant, boolean dryRun) {
    return replay(type, meant, dryRun, writer.dataSource());
  }

  Replayed replay(RecordType type, LetterFilter meant, boolean dryRun, DataSource pool) {
    try (var letters = LetterReader.connect(kafkaProperties())) {
      return new Replay(own(type), registry, new Transactions(pool), new AsideBook(group), dryRun)
          .run(letters, meant);
    }
  }

  /** What the sink has put aside of a topic. */
  Map<Origin, AsideBook.Entry> aside(RecordType type) {
    return new Transactions(writer.dataSource())
        .run(
            "reading the book",
            connection -> new AsideBook(group).entries(connection, own(type).topic()));
  }

  /** The pool of the sink's user. */
  DataSource pool() {
    return writer.dataSource();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** What Kafka's own tools see as the group's offset; for information only. */
  Optional<Long> kafkaOffset(RecordType type, int partition) {
    try (var admin = Admin.create(properties())) {
      var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return Optional.ofNullable(offsets.get(new TopicPartition(own(type).topic(), partition)))
          .map(each -> each.offset());
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    writer.close();
    database.close();
  }
}
