package dev.millrace.producer.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.Tap;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.camera.MetricType;
import dev.millrace.schema.camera.SystemMetric;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordValidatorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long NOW_MICROS = NOW.toEpochMilli() * 1_000;
  private static final long MINUTE = 60_000_000L;

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Everything","namespace":"test","fields":[
                {"name":"key","type":"string"},
                {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"text","type":["null","string"]},
                {"name":"uuid","type":["null",{"type":"string","logicalType":"uuid"}]},
                {"name":"json","type":["null",{"type":"string","logicalType":"json"}]},
                {"name":"dbl","type":["null","double"]},
                {"name":"flt","type":["null","float"]},
                {"name":"lng","type":["null","long"]},
                {"name":"int","type":["null","int"]},
                {"name":"day","type":["null",{"type":"int","logicalType":"date"}]},
                {"name":"flag","type":["null","boolean"]},
                {"name":"bytes","type":["null","bytes"]},
                {"name":"kind","type":["null",{"type":"enum","name":"Kind","symbols":["A","B"]}]},
                {"name":"map","type":["null",{"type":"map","values":"string"}]},
                {"name":"list","type":["null",{"type":"array","items":"double"}]},
                {"name":"later","type":["null",{"type":"long","logicalType":"timestamp-micros"}]}]}
              """);

  private static final RecordType TYPE =
      RecordType.of("test.everything", SCHEMA).key("key").eventTime("at").build();

  private final RecordValidator validator = validator(TYPE, Duration.ZERO);

  static List<Arguments> goodValues() {
    return List.of(
        arguments("text", "plain"),
        arguments("text", new Utf8("utf8 ü")),
        arguments("text", ""),
        arguments("uuid", "123e4567-e89b-12d3-a456-426614174000"),
        arguments("uuid", UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
        arguments("json", "{\"a\":[1,null]}"),
        arguments("json", "null"),
        arguments("dbl", -0.0),
        arguments("dbl", Double.MAX_VALUE),
        arguments("flt", 1f),
        arguments("lng", Long.MIN_VALUE),
        arguments("int", 5),
        arguments("day", 20_000),
        arguments("day", LocalDate.EPOCH),
        arguments("flag", false),
        arguments("bytes", ByteBuffer.allocate(1)),
        arguments("kind", kind("B")),
        arguments("map", Map.of("a", "b")),
        arguments("list", List.of(1.0, 2.0)),
        arguments("later", NOW),
        arguments("later", 0L),
        arguments("at", NOW),
        arguments("at", NOW_MICROS));
  }

  @ParameterizedTest
  @MethodSource("goodValues")
  void takes(String field, Object value) {
    assertThat(validator.validate(with(field, value), NOW.toEpochMilli())).isEqualTo(NOW_MICROS);
  }

  static List<Arguments> badValues() {
    return List.of(
        arguments("text", 5, SchemaFailure.FIELD_UNREADABLE, "5"),
        arguments("text", "a\0b", SchemaFailure.FIELD_UNREADABLE, "a\\0b"),
        arguments("uuid", "123e4567", SchemaFailure.FIELD_UNREADABLE, "123e4567"),
        arguments("uuid", "1-1-1-1-1", SchemaFailure.FIELD_UNREADABLE, "1-1-1-1-1"),
        arguments("json", "{a", SchemaFailure.FIELD_UNREADABLE, "{a"),
        arguments("json", "", SchemaFailure.FIELD_UNREADABLE, "JSON"),
        arguments("json", "1 2", SchemaFailure.FIELD_UNREADABLE, "1 2"),
        arguments("json", "\"\\u0000\"", SchemaFailure.FIELD_UNREADABLE, "NUL"),
        arguments("dbl", Double.NaN, SchemaFailure.FIELD_OUT_OF_RANGE, "NaN"),
        arguments("dbl", Double.POSITIVE_INFINITY, SchemaFailure.FIELD_OUT_OF_RANGE, "Infinity"),
        arguments("dbl", 1, SchemaFailure.FIELD_UNREADABLE, "Integer '1'"),
        arguments("flt", Float.NaN, SchemaFailure.FIELD_OUT_OF_RANGE, "NaN"),
        arguments("lng", 1, SchemaFailure.FIELD_UNREADABLE, "Integer '1'"),
        arguments("int", 1L, SchemaFailure.FIELD_UNREADABLE, "Long '1'"),
        arguments("day", "2026-01-01", SchemaFailure.FIELD_UNREADABLE, "2026-01-01"),
        arguments("flag", "yes", SchemaFailure.FIELD_UNREADABLE, "yes"),
        arguments("bytes", "yes", SchemaFailure.FIELD_UNREADABLE, "yes"),
        arguments("kind", kind("C"), SchemaFailure.FIELD_UNREADABLE, "[A, B], not 'C'"),
        arguments("kind", "A", SchemaFailure.FIELD_UNREADABLE, "String 'A'"),
        arguments("map", "a", SchemaFailure.FIELD_UNREADABLE, "a map"),
        arguments("map", Map.of("a", 1), SchemaFailure.FIELD_UNREADABLE, "map.a"),
        arguments("map", Map.of("\0", "b"), SchemaFailure.FIELD_UNREADABLE, "NUL"),
        arguments(
            "map", Collections.singletonMap("a", null), SchemaFailure.FIELD_REQUIRED, "map.a"),
        arguments("list", 1.0, SchemaFailure.FIELD_UNREADABLE, "a list"),
        arguments("list", List.of(Double.NaN), SchemaFailure.FIELD_OUT_OF_RANGE, "NaN"),
        arguments(
            "list", Collections.singletonList(null), SchemaFailure.FIELD_REQUIRED, "required"),
        arguments("later", Instant.MAX, SchemaFailure.FIELD_OUT_OF_RANGE, "microseconds"),
        arguments("later", "now", SchemaFailure.FIELD_UNREADABLE, "a time"),
        arguments("key", null, SchemaFailure.FIELD_REQUIRED, "required"),
        arguments("key", "", SchemaFailure.FIELD_REQUIRED, "message key"),
        arguments("at", null, SchemaFailure.FIELD_REQUIRED, "required"),
        arguments("at", 1_700_000_000L, SchemaFailure.FIELD_OUT_OF_RANGE, "before 2000-01-01"),
        arguments("at", Instant.EPOCH, SchemaFailure.FIELD_OUT_OF_RANGE, "1970-01-01T00:00:00Z"),
        arguments("at", Long.MAX_VALUE, SchemaFailure.FIELD_OUT_OF_RANGE, "ahead of now"));
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void refuses(String field, Object value, FailureCode code, String named) {
    assertThatThrownBy(() -> validator.validate(with(field, value), NOW.toEpochMilli()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.code().owner()).isEqualTo(Owner.DATA);
              assertThat(failure).hasMessageContaining("'" + field).hasMessageContaining(named);
            });
  }

  @Test
  void everyOptionalFieldMayBeNull() {
    assertThat(validator.validate(with("key", "k"), NOW.toEpochMilli())).isEqualTo(NOW_MICROS);
  }

  @Test
  void boundsAreInclusive() {
    var bounded = validator(TYPE, Duration.ofMinutes(10));

    bounded.validate(with("at", NOW_MICROS + 5 * MINUTE), NOW.toEpochMilli());
    bounded.validate(with("at", NOW_MICROS - 10 * MINUTE), NOW.toEpochMilli());
    assertThatThrownBy(
            () -> bounded.validate(with("at", NOW_MICROS + 5 * MINUTE + 1), NOW.toEpochMilli()))
        .hasMessageContaining("publisher.max_ahead_ms");
    assertThatThrownBy(
            () -> bounded.validate(with("at", NOW_MICROS - 10 * MINUTE - 1), NOW.toEpochMilli()))
        .hasMessageContaining("publisher.max_age_ms");
  }

  @Test
  void historyOfAnyAgeIsTakenByDefault() {
    var oldest = TimeBounds.EARLIEST;

    assertThat(validator.validate(with("at", oldest), NOW.toEpochMilli()))
        .isEqualTo(oldest.toEpochMilli() * 1_000);
  }

  @Test
  void longValuesAreShownInPart() {
    assertThatThrownBy(
            () -> validator.validate(with("uuid", "x".repeat(10_000)), NOW.toEpochMilli()))
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void generatedRecordsAreChecked() {
    var sample = new Sample();
    var samples = validator(AudioRecords.SAMPLES, Duration.ZERO);
    sample.setTraceId("t");
    sample.setTap(Tap.POST);
    sample.setMetricKey("m");
    sample.setRecordedAt(NOW);
    sample.setValue(-3);

    assertThatThrownBy(() -> samples.validate(sample, NOW.toEpochMilli()))
        .hasMessage("field 'station_key' is required and has no value");
    sample.setStationKey("St_1");
    assertThat(samples.validate(sample, NOW.toEpochMilli())).isEqualTo(NOW_MICROS);
  }

  @Test
  void optionalKeyFieldMayBeNullWhereAnotherIsSet() {
    var metric = new SystemMetric();
    metric.setMetricName("cpu.used_pct");
    metric.setMetricType(MetricType.gauge);
    metric.setComponent("host");
    metric.setMetricTimestamp(NOW);

    assertThat(
            validator(CameraRecords.SYSTEM_METRICS, Duration.ZERO)
                .validate(metric, NOW.toEpochMilli()))
        .isEqualTo(NOW_MICROS);
  }

  @Test
  void keyOfNothingButOptionalFieldsMustHaveOne() {
    var type = RecordType.of("test.loose", SCHEMA).key("text", "int").eventTime("at").build();
    var loose = validator(type, Duration.ZERO);

    assertThatThrownBy(() -> loose.validate(with("text", ""), NOW.toEpochMilli()))
        .hasMessageContaining("'text' is part of the message key");
    loose.validate(with("int", 1), NOW.toEpochMilli());
  }

  @Test
  void requiredKeyFieldMustNotBeEmptyBesideOthers() {
    var type = RecordType.of("test.pair", SCHEMA).key("at", "key").eventTime("at").build();
    var pair = validator(type, Duration.ZERO);

    assertThatThrownBy(() -> pair.validate(with("key", ""), NOW.toEpochMilli()))
        .hasMessageContaining("'key' is part of the message key");
  }

  @Test
  void unsupportedTypesAreRefusedWhenBuilt() {
    var nested =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Outer","fields":[
                  {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                  {"name":"inner","type":{"type":"record","name":"Inner","fields":[]}}]}
                """);
    var type = RecordType.of("test.nested", nested).key("at").eventTime("at").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> validator(type, Duration.ZERO))
        .withMessageContaining("RECORD");
  }

  private static RecordValidator validator(RecordType type, Duration age) {
    return new RecordValidator(type, new TimeBounds(Duration.ofMinutes(5), age));
  }

  private static GenericData.Record with(String field, Object value) {
    var record = new GenericData.Record(SCHEMA);
    record.put("key", "k");
    record.put("at", NOW_MICROS);
    record.put(field, value);
    return record;
  }

  private static GenericData.EnumSymbol kind(String symbol) {
    return new GenericData.EnumSymbol(SCHEMA.getField("kind").schema().getTypes().get(1), symbol);
  }
}
