package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.sink.encode.EncodeFailure;
import dev.millrace.sink.write.Refused;
import dev.millrace.sink.write.WriteFailure;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that can never be stored is put aside with its reason, and takes no other along. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class BadRecordsIT {
  private static final RecordType PATHS = NetworkRecords.PATH_METRICS;
  private static final RecordType SEGMENTS = AudioRecords.SEGMENTS;
  private static final RecordType METRICS = CameraRecords.SYSTEM_METRICS;
  private static final int GOOD_BETWEEN = 7;

  /** Of the 1,048,576 bytes that a producer lets a request have, its own framing takes some. */
  private static final int LARGEST_VALUE_BYTES = 1_048_400;

  private static final int DEEPER_THAN_A_STACK = 100_000;

  private final SinkHarness world;

  BadRecordsIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), PATHS, SEGMENTS, METRICS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void putsEveryKindAsideWithOffsetAndReason() {
    var paths =
        bad(
            PATHS,
            Map.of(
                "undecodable",
                SchemaFailure.UNDECODABLE.name(),
                "unknown schema",
                SchemaFailure.UNKNOWN_SCHEMA_ID.name(),
                "test_type=a\0b",
                EncodeFailure.TEXT_HAS_NUL.name(),
                "test_type=" + "x".repeat(21),
                EncodeFailure.TEXT_TOO_LONG.name(),
                "latency_ms=1e9",
                EncodeFailure.VALUE_OUT_OF_RANGE.name(),
                "source_ip=nowhere",
                EncodeFailure.VALUE_UNREADABLE.name()));
    var segments = bad(SEGMENTS, Map.of("bucket_ms=4999", WriteFailure.ROW_REFUSED.name()));
    var metrics =
        bad(
            METRICS,
            Map.of(
                "tags={bad json",
                WriteFailure.ROW_REFUSED.name(),
                "tags=" + "[".repeat(DEEPER_THAN_A_STACK),
                WriteFailure.ROW_REFUSED.name()));

    try (var sink = world.sink()) {
      sink.start();
      assertPutAside(PATHS, paths, "network.path_metrics");
      assertPutAside(SEGMENTS, segments, "audio.audio_segments_5s");
      assertPutAside(METRICS, metrics, "camera.system_metrics");
      assertThat(sink.check().ready()).isTrue();
    }
  }

  @Test
  void keepsTheOriginalBytesAndSaysWhatWasBeingDone() {
    var bytes = "no avro".getBytes(StandardCharsets.UTF_8);
    world.publish(PATHS, 0, bytes);
    world.flush();
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(PATHS, 1);
    }
    var letter = world.deadLetters(PATHS).get(0);
    assertThat(letter.value()).isEqualTo(bytes);
    assertThat(letter.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
    assertThat(SinkHarness.header(letter, DeadLetter.STAGE)).isEqualTo(Refused.DECODING);
    assertThat(SinkHarness.header(letter, DeadLetter.TOPIC)).isEqualTo(world.own(PATHS).topic());
    assertThat(SinkHarness.header(letter, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(SinkHarness.header(letter, DeadLetter.EXCEPTION_MESSAGE)).contains("wire-format");
  }

  /** As a dead letter it has headers, and is larger than any record of its topic may be. */
  @Test
  void putsAsideARecordAsLargeAsItsTopicTakes() {
    var bytes = new byte[LARGEST_VALUE_BYTES];
    new Random(1).nextBytes(bytes);
    world.publish(PATHS, 0, bytes);
    world.flush();
    try (var sink = world.sink()) {
      sink.start();
      world.awaitRead(PATHS, 1);
    }
    assertThat(world.deadLetters(PATHS).get(0).value()).isEqualTo(bytes);
  }

  /** Publishes each bad record between good ones; answers the code expected at each offset. */
  private Map<Long, String> bad(RecordType type, Map<String, String> codeByKind) {
    var expected = new LinkedHashMap<Long, String>();
    var offset = 0L;
    for (var entry : codeByKind.entrySet()) {
      for (var good = 0; good < GOOD_BETWEEN; good++) {
        publishGood(type, (int) offset++);
      }
      world.publish(type, 0, badBytes(type, entry.getKey(), (int) offset));
      expected.put(offset++, entry.getValue());
    }
    world.flush();
    return expected;
  }

  private void publishGood(RecordType type, int number) {
    world.publish(type, 0, world.encode(type, numbered(type, number)));
  }

  private byte[] badBytes(RecordType type, String kind, int number) {
    if (kind.equals("undecodable")) {
      return new byte[] {1, 2, 3};
    }
    if (kind.equals("unknown schema")) {
      return new byte[] {0, 0x7f, 0, 0, 0, 0};
    }
    var equals = kind.indexOf('=');
    var field = type.schema().getField(kind.substring(0, equals));
    var text = kind.substring(equals + 1);
    var record = numbered(type, number);
    record.put(field.pos(), value(field.name(), text));
    return world.encode(type, record);
  }

  private static Object value(String field, String text) {
    return switch (field) {
      case "latency_ms" -> (Object) Double.valueOf(text);
      case "bucket_ms" -> (Object) Integer.valueOf(text);
      default -> text;
    };
  }

  /** Keyed records get a key of their own. */
  private static GenericRecord numbered(RecordType type, int number) {
    var record = Fixtures.full(type);
    if (type.schema().getField("trace_id") != null) {
      record.put("trace_id", "trace-" + number);
    }
    return record;
  }

  private void assertPutAside(RecordType type, Map<Long, String> expected, String table) {
    var good = (long) expected.size() * GOOD_BETWEEN;
    world.awaitRead(type, good + expected.size());
    assertThat(world.number("SELECT count(*) FROM " + table)).isEqualTo(good);
    assertThat(world.progress(type, "rows_stored")).isEqualTo(good);
    assertThat(world.progress(type, "dead_lettered")).isEqualTo(expected.size());
    var codes = new LinkedHashMap<Long, String>();
    world.deadLetters(type).forEach(letter -> codes.put(offsetOf(letter), codeOf(letter)));
    assertThat(codes).isEqualTo(expected);
  }

  private static long offsetOf(ConsumerRecord<byte[], byte[]> letter) {
    return Long.parseLong(SinkHarness.header(letter, DeadLetter.OFFSET));
  }

  private static String codeOf(ConsumerRecord<byte[], byte[]> letter) {
    return SinkHarness.header(letter, DeadLetter.EXCEPTION_CLASS);
  }
}
