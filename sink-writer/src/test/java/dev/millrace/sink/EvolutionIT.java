package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Transactions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Fields, columns and labels are added in any order, while the sink runs. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class EvolutionIT {
  private static final RecordType OLD = NetworkRecords.PATH_METRICS;
  private static final RecordType DEVICES = NetworkRecords.DEVICES;

  /** The readings with one more field. */
  private static final RecordType NEW =
      retyped(OLD, "{\"name\": \"probe\", \"type\": \"string\", \"default\": \"unnamed\"}");

  /** Segments whose tap is any text. */
  private static final RecordType TAPPED =
      RecordType.of(
              AudioRecords.SEGMENTS.topic(),
              new Schema.Parser()
                  .parse(
                      AudioRecords.SEGMENTS
                          .schema()
                          .toString()
                          .replaceFirst(
                              "\\{\"type\":\"enum\",\"name\":\"Tap\"[^}]*}", "\"string\"")))
          .key("trace_id")
          .eventTime("bucket_ts")
          .storedIn("audio", "audio_segments_5s", "trace_id", "station_key", "tap", "bucket_ts")
          .build();

  private final SchemaRegistry registry = new ConfluentSchemaRegistry("mock://evolution", Map.of());
  private final HandClock clock = new HandClock();
  private final List<DeadLetters.Aside> aside = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Unstored.class);
  private final KafkaFixture kafka;
  private final Database database;
  private final String url;
  private final Transactions transactions;
  private final TopicStore.Shared shared;
  private long offset;

  EvolutionIT(KafkaFixture kafka, DatabaseFixture fixture) {
    this.kafka = kafka;
    url = Migrated.url(fixture);
    database = Database.open(DatabaseConfig.of(url));
    transactions = new Transactions(database.dataSource());
    shared =
        new TopicStore.Shared(
            registry, transactions, new Progress("evolution"), keeping(), SinkMetrics.NONE);
  }

  @BeforeEach
  void begin() {
    execute("TRUNCATE network.path_metrics, network.netbox_device_cache CASCADE");
    execute("DELETE FROM millrace.sink_progress");
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    execute("ALTER TABLE network.path_metrics DROP COLUMN IF EXISTS probe");
    logger.detachAppender(log);
    database.close();
  }

  @Test
  void aFieldWithoutAColumnIsNamedOnceAndFilledAsSoonAsThereIsOne() {
    var columns = new KnownColumns(NEW.table().orElseThrow(), transactions, clock);
    var store = new TopicStore(NEW, columns, shared);
    var other = new TopicStore(NEW, columns, shared);
    other.claim(1);
    var claim = store.store(store.claim(0), List.of(reading(NEW, "a"), reading(NEW, "b")), rows());
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("network.path_metrics has no column for the fields [probe]", "migration");

    execute("ALTER TABLE network.path_metrics ADD COLUMN probe text");
    clock.advance(Duration.ofSeconds(29));
    claim = store.store(claim, List.of(reading(NEW, "c")), rows());
    assertThat(probes()).isEqualTo("-,-,-");
    clock.advance(Duration.ofSeconds(1));
    store.store(claim, List.of(reading(NEW, "d")), rows());
    assertThat(probes()).isEqualTo("-,-,-,d");
    assertThat(aside).isEmpty();
  }

  @Test
  void aFieldThisVersionDoesNotKnowIsNamedOnce() {
    var columns = new KnownColumns(OLD.table().orElseThrow(), transactions, clock);
    for (var partition = 0; partition < 2; partition++) {
      var store = new TopicStore(OLD, columns, shared);
      store.store(store.claim(partition), List.of(reading(NEW, "a"), reading(NEW, "b")), rows());
    }
    assertThat(text("SELECT count(*) FROM network.path_metrics")).isEqualTo("4");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("network.path-metrics with schema id", "[probe]", "upgrade it");
  }

  @Test
  void oldAndNewWritersAreMixedInOneBatch() {
    execute("ALTER TABLE network.path_metrics ADD COLUMN probe text");
    var batch = List.of(reading(OLD, ""), reading(NEW, "a"), reading(OLD, ""), reading(NEW, "b"));
    var store = store(NEW);
    store.store(store.claim(0), batch, rows());
    assertThat(probes()).isEqualTo("a,b,unnamed,unnamed");

    execute("TRUNCATE network.path_metrics");
    var older = store(OLD);
    older.store(older.claim(0), batch, rows());
    assertThat(probes()).isEqualTo("-,-,-,-");
    assertThat(aside).isEmpty();
  }

  @Test
  void aColumnThatNoFieldFillsKeepsItsDefaultAndWhatPeopleWrote() {
    execute(
        "ALTER TABLE network.netbox_device_cache ADD COLUMN room text NOT NULL DEFAULT 'unknown'");
    var store = store(DEVICES);
    var claim =
        store.store(store.claim(0), List.of(record(DEVICES, Fixtures.full(DEVICES))), rows());
    assertThat(text("SELECT room FROM network.netbox_device_cache")).isEqualTo("unknown");
    execute("UPDATE network.netbox_device_cache SET room = 'cellar'");
    store.store(claim, List.of(record(DEVICES, Fixtures.full(DEVICES))), rows());
    assertThat(text("SELECT room FROM network.netbox_device_cache")).isEqualTo("cellar");
    execute("ALTER TABLE network.netbox_device_cache DROP COLUMN room");
  }

  @Test
  void aLabelAddedWhileTheSinkRunsIsUsedWithoutARestart() {
    try (var world = new SinkHarness(kafka, url, TAPPED);
        var sink = world.sink()) {
      sink.start();
      world.publish(TAPPED, segment("PRE"));
      world.flush();
      world.awaitRead(TAPPED, 1);
      execute("ALTER TYPE audio.tap_type ADD VALUE 'MID'");
      world.publish(TAPPED, segment("MID"));
      world.flush();
      world.awaitRead(TAPPED, 2);
      assertThat(world.progress(TAPPED, "dead_lettered")).isZero();
      assertThat(
              text("SELECT string_agg(tap::text, ',' ORDER BY tap) FROM audio.audio_segments_5s"))
          .isEqualTo("PRE,MID");
    }
  }

  private static GenericRecord segment(String tap) {
    var record = copy(Fixtures.full(AudioRecords.SEGMENTS), TAPPED.schema());
    record.put("tap", tap);
    return record;
  }

  private static RecordType retyped(RecordType type, String field) {
    var json = type.schema().toString();
    var schema =
        new Schema.Parser()
            .parse(
                json.substring(0, json.lastIndexOf("]"))
                    + ","
                    + field
                    + json.substring(json.lastIndexOf("]")));
    return RecordType.of(type.topic(), schema)
        .key(type.key().toArray(String[]::new))
        .eventTime(type.eventTime())
        .storedIn("network", "path_metrics")
        .build();
  }

  private TopicStore store(RecordType type) {
    return new TopicStore(
        type, new KnownColumns(type.table().orElseThrow(), transactions, clock), shared);
  }

  private ConsumerRecord<byte[], byte[]> reading(RecordType type, String probe) {
    var record = copy(Fixtures.full(OLD), type.schema());
    if (type.schema().getField("probe") != null) {
      record.put("probe", probe);
    }
    return record(type, record);
  }

  private ConsumerRecord<byte[], byte[]> record(RecordType type, GenericRecord record) {
    var value = new RecordEncoder(type, registry).encode(record);
    return new ConsumerRecord<>(type.topic(), 0, offset++, null, value);
  }

  /** The same values under another schema. */
  private static GenericRecord copy(GenericRecord record, Schema schema) {
    var copy = new GenericData.Record(schema);
    record.getSchema().getFields().forEach(each -> copy.put(each.name(), record.get(each.pos())));
    return copy;
  }

  private static EncodedRows rows() {
    return new EncodedRows();
  }

  private String probes() {
    return text(
        "SELECT string_agg(coalesce(to_jsonb(p) ->> 'probe', '-'), ',' ORDER BY to_jsonb(p) ->> 'probe' NULLS FIRST) FROM network.path_metrics p");
  }

  private DeadLetters keeping() {
    return new DeadLetters() {
      @Override
      public void keep(List<Aside> records) {
        aside.addAll(records);
      }

      @Override
      public void close() {}
    };
  }

  private String text(String sql) {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  private void execute(String sql) {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }
}
