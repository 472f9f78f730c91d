package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.sink.deadletter.DeadLetterFailure;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.deadletter.KafkaDeadLetters;
import dev.millrace.sink.deadletter.LetterFilter;
import dev.millrace.sink.deadletter.LetterReader;
import dev.millrace.sink.deadletter.Replay;
import dev.millrace.sink.deadletter.Replayed;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.Origin;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A letter's record is stored once: whatever fails, however often and by however many. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class ReplayIT {
  private static final RecordType PATHS = NetworkRecords.PATH_METRICS;
  private static final RecordType DEVICES = NetworkRecords.DEVICES;
  private static final String COUNT = "SELECT count(*) FROM network.path_metrics";
  private static final String TOO_LONG = "x".repeat(30);

  /** Reading the columns, and claiming. */
  private static final int COMMITS_BEFORE_THE_BATCH = 2;

  private final SinkHarness world;
  private final DeadLetters deadLetters;

  ReplayIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), PATHS, DEVICES);
    deadLetters = KafkaDeadLetters.connect(world.kafkaProperties(), Duration.ofSeconds(20));
  }

  @BeforeEach
  void emptyTables() {
    world.execute("TRUNCATE network.path_metrics, network.netbox_device_cache CASCADE");
    narrow();
  }

  @AfterEach
  void close() {
    deadLetters.close();
    world.close();
  }

  @Test
  void aDryRunTellsAndChangesNothing() {
    putAside(TOO_LONG, "a\0b");
    widen();
    var told = replay(LetterFilter.ALL, true);
    assertThat(told.stored()).isEqualTo(1);
    assertThat(told.refused()).hasSize(1);
    assertThat(world.number(COUNT)).isZero();
    assertThat(world.aside(PATHS).values())
        .allSatisfy(each -> assertThat(each.tries()).isEqualTo(1));
  }

  @Test
  void whatIsNotMeantStaysForLater() {
    putAside(TOO_LONG, "a\0b", TOO_LONG, TOO_LONG);
    widen();
    var second = new LetterFilter(Optional.empty(), Optional.of(0), Optional.of(2L));
    assertThat(replay(second, false)).isEqualTo(new Replayed(1, Map.of(), 0));
    var tooLong =
        new LetterFilter(Optional.of("text_too_long"), Optional.empty(), Optional.empty());
    assertThat(replay(tooLong, false)).isEqualTo(new Replayed(2, Map.of(), 1));
    assertThat(world.number(COUNT)).isEqualTo(3);
    assertThat(world.aside(PATHS).get(at(1)).tries()).isEqualTo(1);
  }

  /** The server is lost at the commit: nothing is stored, and nothing is taken for stored. */
  @Test
  void aReplayThatFailsInTheMiddleIsRunAgain() {
    putAside(TOO_LONG, TOO_LONG);
    widen();
    // The first transaction reads the book.
    var lost = new FailingCommits(world.pool(), 1).dataSource();
    assertThatThrownBy(() -> world.replay(PATHS, LetterFilter.ALL, false, lost))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the server is lost");
    assertThat(world.number(COUNT)).isZero();
    assertThat(replay(LetterFilter.ALL, false).stored()).isEqualTo(2);
    assertThat(world.number(COUNT)).isEqualTo(2);
  }

  @Test
  void twoAtOnceStoreEachRecordOnce() throws Exception {
    var values = new String[200];
    Arrays.fill(values, TOO_LONG);
    putAside(values);
    widen();
    var together = new CyclicBarrier(2);
    Callable<Integer> replaying =
        () -> {
          var unused = together.await();
          return replay(LetterFilter.ALL, false).stored();
        };
    var threads = Executors.newFixedThreadPool(2);
    try {
      var stored = 0;
      for (var each : threads.invokeAll(List.of(replaying, replaying))) {
        stored += each.get();
      }
      assertThat(stored).isEqualTo(200);
    } finally {
      threads.shutdown();
    }
    assertThat(world.number(COUNT)).isEqualTo(200);
  }

  /**
   * The letter is in its topic before the transaction commits. When that fails, the record is read
   * again, and what becomes of it then counts: here it is stored, and its letter stands for
   * nothing.
   */
  @Test
  void aLetterOfATransactionThatFailedIsNotReplayed() {
    var store = store(new FailingCommits(world.pool(), COMMITS_BEFORE_THE_BATCH).dataSource());
    var claim = store.claim(0);
    var batch = List.of(record(0, TOO_LONG));
    assertThatThrownBy(() -> store.store(claim, batch, new EncodedRows()))
        .hasMessageContaining("the server is lost");
    assertThat(world.deadLetters(PATHS)).hasSize(1);
    assertThat(world.aside(PATHS)).isEmpty();
    assertThat(world.progress(PATHS, "next_offset")).isZero();

    widen();
    store.forget();
    store.store(claim, batch, new EncodedRows());
    assertThat(world.number(COUNT)).isEqualTo(1);
    assertThat(replay(LetterFilter.ALL, false)).isEqualTo(new Replayed(0, Map.of(), 1));
    assertThat(world.number(COUNT)).isEqualTo(1);
  }

  @Test
  void aRecordPutAsideTwiceIsOneLetter() {
    var store = store(new FailingCommits(world.pool(), COMMITS_BEFORE_THE_BATCH).dataSource());
    var claim = store.claim(0);
    var batch = List.of(record(0, TOO_LONG));
    assertThatThrownBy(() -> store.store(claim, batch, new EncodedRows()))
        .isInstanceOf(MillraceException.class);
    store.store(claim, batch, new EncodedRows());
    assertThat(world.deadLetters(PATHS)).hasSize(2);
    assertThat(letters()).containsExactly(at(0));
    widen();
    assertThat(replay(LetterFilter.ALL, false)).isEqualTo(new Replayed(1, Map.of(), 0));
    assertThat(world.number(COUNT)).isEqualTo(1);
  }

  /** Another record is at the place of the earlier one: it is the one that counts. */
  @Test
  void aTopicThatIsMadeAnewBeginsANewBook() {
    var store = store(world.pool());
    store.store(store.claim(0), List.of(record(0, TOO_LONG)), new EncodedRows());
    widen();
    assertThat(replay(LetterFilter.ALL, false).stored()).isEqualTo(1);
    world.execute("UPDATE millrace.sink_progress SET next_offset = 0");
    store.forget();
    store.store(store.claim(0), List.of(record(0, "a\0b")), new EncodedRows());
    assertThat(world.aside(PATHS).get(at(0)).waiting()).isTrue();
    assertThat(replay(LetterFilter.ALL, false).refused()).containsOnlyKeys(at(0));
  }

  @Test
  void aRowThatIsNewerThanTheRecordStays() {
    assertThat(nameAfterReplay(-1)).isEqualTo("there");
    assertThat(nameAfterReplay(0)).isEqualTo("there");
    assertThat(nameAfterReplay(1)).isEqualTo(TOO_LONG);
  }

  /** A device is refused, a row of it comes, and the refused record is replayed. */
  private String nameAfterReplay(long secondsLater) {
    world.execute("TRUNCATE network.netbox_device_cache CASCADE");
    world.execute("ALTER TABLE network.netbox_device_cache ALTER device_name TYPE varchar(20)");
    world.execute("DELETE FROM millrace.dead_letter");
    var refused = device(TOO_LONG);
    refused.put("cached_at", (long) refused.get("cached_at") + secondsLater * 1_000_000);
    var store = store(DEVICES, world.pool());
    var claim = store.claim(0);
    var topic = world.own(DEVICES).topic();
    var at = claim.nextOffset();
    store.store(
        claim,
        List.of(
            new ConsumerRecord<>(topic, 0, at, null, world.encode(DEVICES, refused)),
            new ConsumerRecord<>(topic, 0, at + 1, null, world.encode(DEVICES, device("there")))),
        new EncodedRows());
    world.execute("ALTER TABLE network.netbox_device_cache ALTER device_name TYPE varchar(255)");
    assertThat(world.replay(DEVICES, LetterFilter.ALL, false).stored()).isEqualTo(1);
    return world.query("SELECT device_name FROM network.netbox_device_cache").orElseThrow();
  }

  @Test
  void aRecordWithoutAValueGoesOnWaiting() {
    var store = store(world.pool());
    var tombstone = new ConsumerRecord<byte[], byte[]>(topic(), 0, 0, new byte[] {1}, null);
    store.store(store.claim(0), List.of(tombstone), new EncodedRows());
    assertThat(replay(LetterFilter.ALL, false).refused().get(at(0)).code())
        .isEqualTo(DeadLetterFailure.NO_VALUE);
  }

  @Test
  void aTopicWithoutATableHasNothingToReplayTo() {
    var folded = RecordType.of("things", PATHS.schema()).key("source_ip").eventTime("recorded_at");
    assertThatThrownBy(
            () ->
                new Replay(
                    folded.build(), world.registry, new Transactions(world.pool()), null, false))
        .hasMessageContaining("things fills no table");
  }

  private static GenericRecord device(String name) {
    var device = Fixtures.full(DEVICES);
    device.put("device_name", name);
    return device;
  }

  /** The sink reads records of these test types, and puts all of them aside. */
  private void putAside(String... testTypes) {
    var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (var testType : testTypes) {
      batch.add(record(batch.size(), testType));
    }
    var store = store(world.pool());
    store.store(store.claim(0), batch, new EncodedRows());
    assertThat(world.progress(PATHS, "dead_lettered")).isEqualTo(testTypes.length);
  }

  private TopicStore store(DataSource pool) {
    return store(PATHS, pool);
  }

  private TopicStore store(RecordType of, DataSource pool) {
    var transactions = new Transactions(pool);
    var type = world.own(of);
    return new TopicStore(
        type,
        new KnownColumns(type.table().orElseThrow(), transactions, Clock.systemUTC()),
        new TopicStore.Shared(
            world.registry,
            transactions,
            new Progress(world.group),
            deadLetters,
            SinkMetrics.NONE));
  }

  private ConsumerRecord<byte[], byte[]> record(long offset, String testType) {
    return new ConsumerRecord<>(topic(), 0, offset, null, world.encode(PATHS, reading(testType)));
  }

  private static GenericRecord reading(String testType) {
    var record = Fixtures.full(PATHS);
    record.put("test_type", testType);
    return record;
  }

  private Replayed replay(LetterFilter meant, boolean dryRun) {
    return world.replay(PATHS, meant, dryRun);
  }

  private List<Origin> letters() {
    var origins = new ArrayList<Origin>();
    try (var reader = LetterReader.connect(world.kafkaProperties())) {
      assertThat(
              reader.read(
                  world.own(PATHS).deadLetterTopic(), letter -> origins.add(letter.origin())))
          .isZero();
    }
    return origins;
  }

  private Origin at(long offset) {
    return new Origin(topic(), 0, offset);
  }

  private String topic() {
    return world.own(PATHS).topic();
  }

  private void narrow() {
    world.execute("ALTER TABLE network.path_metrics ALTER test_type TYPE varchar(20)");
  }

  private void widen() {
    world.execute("ALTER TABLE network.path_metrics ALTER test_type TYPE varchar(40)");
  }
}
