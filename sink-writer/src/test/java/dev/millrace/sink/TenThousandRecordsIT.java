package dev.millrace.sink;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.FailureCode;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.sink.deadletter.LetterFilter;
import dev.millrace.sink.encode.EncodeFailure;
import dev.millrace.sink.write.Origin;
import dev.millrace.sink.write.WriteFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Of 10,000 records 137 are bad, in every way there is. Exactly those are put aside; and once the
 * tables are mended, those that were the tables' fault are stored, once.
 */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class TenThousandRecordsIT {
  private static final RecordType PATHS = NetworkRecords.PATH_METRICS;
  private static final RecordType SEGMENTS = AudioRecords.SEGMENTS;
  private static final RecordType METRICS = CameraRecords.SYSTEM_METRICS;
  private static final Map<RecordType, Integer> RECORDS =
      Map.of(PATHS, 4_000, SEGMENTS, 3_000, METRICS, 3_000);

  /** Each number is of one record. */
  private static final Map<RecordType, String> STORED =
      Map.of(
          PATHS, "SELECT count(%s packets_sent) FROM network.path_metrics",
          SEGMENTS, "SELECT count(%s trace_id) FROM audio.audio_segments_5s",
          METRICS, "SELECT count(%s value) FROM camera.system_metrics");

  /** A way to be bad: how many are, with which code, and whether the table can be mended. */
  private enum Bad {
    UNDECODABLE(PATHS, 17, SchemaFailure.UNDECODABLE, false),
    UNKNOWN_SCHEMA(PATHS, 13, SchemaFailure.UNKNOWN_SCHEMA_ID, false),
    NUL(PATHS, 11, EncodeFailure.TEXT_HAS_NUL, false),
    TOO_LONG(PATHS, 19, EncodeFailure.TEXT_TOO_LONG, true),
    OUT_OF_RANGE(PATHS, 15, EncodeFailure.VALUE_OUT_OF_RANGE, true),
    INET(PATHS, 12, EncodeFailure.VALUE_UNREADABLE, false),
    CHECK(SEGMENTS, 14, WriteFailure.ROW_REFUSED, true),
    PARENT(SEGMENTS, 16, WriteFailure.ROW_REFUSED, true),
    JSON(METRICS, 9, WriteFailure.ROW_REFUSED, false),
    NEGATIVE(METRICS, 11, WriteFailure.ROW_REFUSED, true);

    private final RecordType type;
    private final int records;
    private final FailureCode code;
    private final boolean mendable;

    Bad(RecordType type, int records, FailureCode code, boolean mendable) {
      this.type = type;
      this.records = records;
      this.code = code;
      this.mendable = mendable;
    }

    static Stream<Bad> of(RecordType type) {
      return Stream.of(values()).filter(bad -> bad.type.equals(type));
    }

    static int count(RecordType type, boolean mendable) {
      return of(type).filter(bad -> bad.mendable == mendable).mapToInt(bad -> bad.records).sum();
    }
  }

  private record Sent(Bad bad, byte[] value) {}

  private final Map<Origin, Sent> bad = new HashMap<>();
  private final SinkHarness world;

  TenThousandRecordsIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), PATHS, SEGMENTS, METRICS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void exactlyTheBadOnesArePutAsideAndTheMendableOnesAreReplayedOnce() {
    world.execute(
        """
        INSERT INTO audio.traces (trace_id, started_at) SELECT 'call-' || n, now() FROM generate_series(0, 2999) n;
        ALTER TABLE audio.audio_segments_5s ADD CONSTRAINT known_call
          FOREIGN KEY (trace_id) REFERENCES audio.traces (trace_id);
        ALTER TABLE camera.system_metrics ADD CONSTRAINT not_negative CHECK (value >= 0)""");
    RECORDS.forEach(this::publish);
    assertThat(bad).hasSize(137);
    world.flush();
    try (var sink = world.sink(Map.of("sink.batch_rows", "400"))) {
      sink.start();
      RECORDS.forEach(world::awaitRead);
      assertThat(sink.check().ready()).isTrue();
    }
    RECORDS.forEach((type, records) -> assertStored(type, records - count(type)));
    RECORDS.keySet().forEach(this::assertPutAside);

    mend();
    RECORDS.forEach(
        (type, records) -> {
          assertReplays(type, Bad.count(type, true), 2);
          assertStored(type, records - Bad.count(type, false));
          assertReplays(type, 0, 3);
          assertStored(type, records - Bad.count(type, false));
        });
  }

  private void mend() {
    world.execute(
        """
        ALTER TABLE network.path_metrics ALTER test_type TYPE varchar(40), ALTER latency_ms TYPE numeric;
        ALTER TABLE audio.audio_segments_5s DROP CONSTRAINT audio_segments_5s_bucket_ms_check;
        INSERT INTO audio.traces (trace_id, started_at) SELECT 'stray-' || n, now() FROM generate_series(0, 2999) n;
        ALTER TABLE camera.system_metrics DROP CONSTRAINT not_negative""");
  }

  private static int count(RecordType type) {
    return Bad.count(type, true) + Bad.count(type, false);
  }

  /** The bad ones are spread evenly; the same in every run. */
  private void publish(RecordType type, int records) {
    var kinds = new ArrayList<Bad>();
    Bad.of(type).forEach(kind -> kinds.addAll(Collections.nCopies(kind.records, kind)));
    Collections.shuffle(kinds, new Random(7));
    var partitions = type.settings().partitions();
    var every = records / kinds.size();
    for (var number = 0; number < records; number++) {
      var isBad = number % every == 0 && number / every < kinds.size();
      var kind = isBad ? kinds.get(number / every) : null;
      var value = value(type, number, kind);
      world.publish(type, number % partitions, value);
      if (isBad) {
        bad.put(
            new Origin(world.own(type).topic(), number % partitions, number / partitions),
            new Sent(kind, value));
      }
    }
  }

  private byte[] value(RecordType type, int number, Bad kind) {
    if (kind == Bad.UNDECODABLE) {
      return new byte[] {1, 2, (byte) number};
    }
    if (kind == Bad.UNKNOWN_SCHEMA) {
      return new byte[] {0, 0x7f, 0, 0, 0, (byte) number};
    }
    var record = good(type, number);
    if (kind != null) {
      spoil(record, number, kind);
    }
    return world.encode(type, record);
  }

  private static GenericRecord good(RecordType type, int number) {
    var record = Fixtures.full(type);
    if (type.equals(PATHS)) {
      record.put("packets_sent", number);
    } else if (type.equals(SEGMENTS)) {
      record.put("trace_id", "call-" + number);
    } else {
      record.put("value", (double) number);
    }
    return record;
  }

  private static void spoil(GenericRecord record, int number, Bad kind) {
    switch (kind) {
      case NUL -> record.put("test_type", "a\0b");
      case TOO_LONG -> record.put("test_type", "x".repeat(21));
      case OUT_OF_RANGE -> record.put("latency_ms", 1e9);
      case INET -> record.put("source_ip", "nowhere");
      case CHECK -> record.put("bucket_ms", 4_999);
      case PARENT -> record.put("trace_id", "stray-" + number);
      case JSON -> record.put("tags", "{no json");
      case NEGATIVE -> record.put("value", -1.0 - number);
      case UNDECODABLE, UNKNOWN_SCHEMA -> throw new AssertionError(kind);
    }
  }

  private void assertStored(RecordType type, long records) {
    assertThat(world.number(STORED.get(type).formatted(""))).isEqualTo(records);
    assertThat(world.number(STORED.get(type).formatted("DISTINCT"))).isEqualTo(records);
  }

  private void assertPutAside(RecordType type) {
    var expected = sent(type);
    assertThat(world.progress(type, "dead_lettered")).isEqualTo(expected.size());
    var letters = world.deadLetters(type);
    assertThat(letters).hasSameSizeAs(expected.keySet());
    for (var letter : letters) {
      var origin =
          new Origin(
              SinkHarness.header(letter, DeadLetter.TOPIC),
              Integer.parseInt(SinkHarness.header(letter, DeadLetter.PARTITION)),
              Long.parseLong(SinkHarness.header(letter, DeadLetter.OFFSET)));
      assertThat(expected).containsKey(origin);
      assertThat(letter.value()).isEqualTo(expected.get(origin).value());
      assertThat(SinkHarness.header(letter, DeadLetter.EXCEPTION_CLASS))
          .isEqualTo(expected.get(origin).bad().code.name());
      assertThat(SinkHarness.header(letter, DeadLetter.EXCEPTION_MESSAGE)).isNotBlank();
    }
    assertThat(world.aside(type).keySet()).isEqualTo(expected.keySet());
  }

  private Map<Origin, Sent> sent(RecordType type) {
    return bad.entrySet().stream()
        .filter(each -> each.getValue().bad().type.equals(type))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void assertReplays(RecordType type, int stored, int tries) {
    var done = world.replay(type, LetterFilter.ALL, false);
    assertThat(done.stored()).isEqualTo(stored);
    assertThat(done.refused()).hasSize(Bad.count(type, false));
    var waiting =
        world.aside(type).entrySet().stream().filter(each -> each.getValue().waiting()).toList();
    assertThat(waiting)
        .allSatisfy(each -> assertThat(each.getValue().tries()).isEqualTo(tries))
        .allSatisfy(
            each ->
                assertThat(each.getValue().code())
                    .isEqualTo(bad.get(each.getKey()).bad().code.name()));
    assertThat(waiting)
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(done.refused().keySet());
  }
}
