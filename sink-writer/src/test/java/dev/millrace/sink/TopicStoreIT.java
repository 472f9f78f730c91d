package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetterFailure;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Transactions;
import dev.millrace.sink.write.WriteFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A batch is stored with its dead letters and its offset, or nothing of it is. */
@ExtendWith(DatabaseExtension.class)
class TopicStoreIT {
  private static final RecordType TYPE = NetworkRecords.PATH_METRICS;
  private static final RecordType DEVICES = NetworkRecords.DEVICES;
  private static final String DEVICE_COUNT = "SELECT count(*) FROM network.netbox_device_cache";
  private static final String COUNT = "SELECT count(*) FROM network.path_metrics";
  private static final AtomicInteger SINKS = new AtomicInteger();

  private final Database database;
  private final SchemaRegistry registry = new ConfluentSchemaRegistry("mock://store", Map.of());
  private final HandClock clock = new HandClock();
  private final EncodedRows rows = new EncodedRows();
  private final FakeDeadLetters deadLetters = new FakeDeadLetters();
  private final String sink = "sink-" + SINKS.incrementAndGet();

  TopicStoreIT(DatabaseFixture fixture) {
    database = Database.open(DatabaseConfig.of(Migrated.url(fixture)));
  }

  @BeforeEach
  void emptyTable() {
    number("TRUNCATE network.path_metrics; " + COUNT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void movesOnBehindTheLastRecordOfTheBatch() {
    var store = store(registry);
    var claim = store.store(store.claim(0), List.of(good(7), bad(8), good(12)), rows);
    assertThat(claim.nextOffset()).isEqualTo(13);
    assertThat(number(COUNT)).isEqualTo(2);
    assertThat(deadLetters.kept).extracting(each -> each.reason().offset()).containsExactly(8L);
  }

  @Test
  void storesNothingWhileADeadLetterIsNotKept() {
    var store = store(registry);
    var claim = store.claim(0);
    deadLetters.away = true;
    assertFails(DeadLetterFailure.NOT_ACKNOWLEDGED, store, claim);
    assertThat(number(COUNT)).isZero();

    deadLetters.away = false;
    store.store(claim, List.of(good(0), bad(1)), rows);
    assertThat(number(COUNT)).isEqualTo(1);
  }

  @Test
  void aFencedWriterStoresNothing() {
    var earlier = store(registry);
    var later = store(registry);
    var claim = earlier.claim(0);
    later.claim(0);
    assertFails(WriteFailure.FENCED, earlier, claim);
    assertThat(number(COUNT)).isZero();
  }

  @Test
  void deadLettersNothingWhileTheRegistryIsAway() {
    var away = new ConfluentSchemaRegistry("http://127.0.0.1:1", Map.of());
    var store = store(away);
    assertFails(SchemaFailure.REGISTRY_UNAVAILABLE, store, store.claim(0));
    assertThat(deadLetters.kept).isEmpty();
  }

  @Test
  void deletesTheRowOfAKeyAndStoresItAgain() {
    var store = store(DEVICES, registry);
    var claim = store.store(store.claim(0), List.of(device(0)), rows);
    assertThat(number(DEVICE_COUNT)).isEqualTo(1);
    claim =
        store.store(
            claim, List.of(tombstone(DEVICES, 1, key()), tombstone(DEVICES, 2, key())), rows);
    assertThat(number(DEVICE_COUNT)).isZero();
    store.store(claim, List.of(device(3)), rows);
    assertThat(number(DEVICE_COUNT)).isEqualTo(1);
    assertThat(deadLetters.kept).isEmpty();
    assertThat(number("SELECT rows_stored FROM millrace.sink_progress WHERE sink = '" + sink + "'"))
        .isEqualTo(4);
    number("TRUNCATE network.netbox_device_cache CASCADE; " + DEVICE_COUNT);
  }

  @Test
  void takesValuesAndTombstonesOfOneBatchInTheirOrder() {
    var store = store(DEVICES, registry);
    var claim =
        store.store(
            store.claim(0),
            List.of(
                tombstone(DEVICES, 0, key()),
                device(1),
                bad(2),
                tombstone(DEVICES, 3, key()),
                device(4)),
            rows);
    assertThat(number(DEVICE_COUNT)).isEqualTo(1);
    store.store(claim, List.of(device(5), tombstone(DEVICES, 6, key())), rows);
    assertThat(number(DEVICE_COUNT)).isZero();
    assertThat(deadLetters.kept).extracting(each -> each.reason().offset()).containsExactly(2L);
    assertThat(number("SELECT rows_stored FROM millrace.sink_progress WHERE sink = '" + sink + "'"))
        .isEqualTo(6);
  }

  @Test
  void putsAsideARecordWithoutAValueThatDeletesNothing() {
    var store = store(DEVICES, registry);
    var claim = store.store(store.claim(0), List.of(device(0)), rows);
    store.store(
        claim,
        List.of(
            tombstone(DEVICES, 1, null),
            tombstone(DEVICES, 2, "1|2"),
            tombstone(DEVICES, 3, "no number"),
            tombstone(DEVICES, 4, key())),
        rows);
    assertThat(deadLetters.kept)
        .extracting(each -> each.reason().offset() + " " + each.reason().code())
        .containsExactlyInAnyOrder("1 KEY_UNREADABLE", "2 KEY_UNREADABLE", "3 ROW_REFUSED");
    assertThat(number(DEVICE_COUNT)).isZero();

    var paths = store(registry);
    paths.store(paths.claim(0), List.of(tombstone(TYPE, 9, key())), rows);
    assertThat(deadLetters.kept.get(3).reason().code()).isEqualTo("NO_VALUE");
  }

  @Test
  void fillsAColumnThatIsAddedWhileItRuns() {
    number("ALTER TABLE network.path_metrics RENAME jitter_ms TO away; " + COUNT);
    var store = store(registry);
    var claim = store.store(store.claim(0), List.of(good(0)), rows);
    number("ALTER TABLE network.path_metrics RENAME away TO jitter_ms; " + COUNT);
    clock.advance(Duration.ofSeconds(30));
    store.store(claim, List.of(good(1)), rows);
    assertThat(number("SELECT count(jitter_ms) FROM network.path_metrics")).isEqualTo(1);
    assertThat(number(COUNT)).isEqualTo(2);
  }

  /** A value is bad only for the column as it is, not as it was when it was last looked at. */
  @Test
  void looksAtTheColumnAgainBeforeItRefusesAValue() {
    var store = store(registry);
    var claim = store.claim(0);
    number("ALTER TABLE network.path_metrics ALTER test_type TYPE varchar(40); " + COUNT);
    store.store(claim, List.of(reading(0, "x".repeat(40)), reading(1, "x".repeat(41))), rows);
    number("TRUNCATE network.path_metrics; " + COUNT);
    number("ALTER TABLE network.path_metrics ALTER test_type TYPE varchar(20); " + COUNT);
    assertThat(deadLetters.kept).extracting(each -> each.reason().offset()).containsExactly(1L);
  }

  private void assertFails(FailureCode code, TopicStore store, Claim claim) {
    assertThatThrownBy(() -> store.store(claim, List.of(good(0), bad(1)), rows))
        .isInstanceOfSatisfying(
            MillraceException.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  private TopicStore store(SchemaRegistry from) {
    return store(TYPE, from);
  }

  private TopicStore store(RecordType type, SchemaRegistry from) {
    var transactions = new Transactions(database.dataSource());
    return new TopicStore(
        type,
        new KnownColumns(type.table().orElseThrow(), transactions, clock),
        new TopicStore.Shared(
            from, transactions, new Progress(sink), deadLetters, SinkMetrics.NONE));
  }

  private ConsumerRecord<byte[], byte[]> good(long offset) {
    return record(TYPE, offset, Fixtures.full(TYPE));
  }

  private ConsumerRecord<byte[], byte[]> reading(long offset, String testType) {
    var reading = Fixtures.full(TYPE);
    reading.put("test_type", testType);
    return record(TYPE, offset, reading);
  }

  private ConsumerRecord<byte[], byte[]> device(long offset) {
    return record(DEVICES, offset, Fixtures.full(DEVICES));
  }

  private static String key() {
    return MessageKey.text(DEVICES, Fixtures.full(DEVICES));
  }

  private static ConsumerRecord<byte[], byte[]> tombstone(
      RecordType type, long offset, String key) {
    var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(type.topic(), 0, offset, bytes, null);
  }

  private ConsumerRecord<byte[], byte[]> record(
      RecordType type, long offset, GenericRecord record) {
    var value = new RecordEncoder(type, registry).encode(record);
    return new ConsumerRecord<>(type.topic(), 0, offset, null, value);
  }

  private static ConsumerRecord<byte[], byte[]> bad(long offset) {
    return new ConsumerRecord<>(TYPE.topic(), 0, offset, null, new byte[] {1});
  }

  private long number(String sql) {
    return new Transactions(database.dataSource())
        .run(
            sql,
            connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute(sql);
                while (statement.getResultSet() == null) {
                  statement.getMoreResults();
                }
                statement.getResultSet().next();
                return statement.getResultSet().getLong(1);
              }
            });
  }

  /** Keeps dead letters in memory, unless it is away. */
  private static final class FakeDeadLetters implements DeadLetters {
    private final List<Aside> kept = new ArrayList<>();
    private boolean away;

    @Override
    public void keep(List<Aside> records) {
      if (away) {
        throw new MillraceException(DeadLetterFailure.NOT_ACKNOWLEDGED, "away");
      }
      kept.addAll(records);
    }

    @Override
    public void close() {}
  }
}
