package dev.millrace.sink.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Values against the bytes that PostgreSQL's own send functions give for them. */
class EncodePlansTest {
  private static final String STRING = "\"string\"";
  private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
  private static final String MILLIS = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
  private static final String DATE = "{\"type\":\"int\",\"logicalType\":\"date\"}";
  private static final String MAP = "{\"type\":\"map\",\"values\":\"string\"}";
  private static final String TEXTS = "{\"type\":\"array\",\"items\":[\"null\",\"string\"]}";
  private static final String LONGS = "{\"type\":\"array\",\"items\":\"long\"}";

  static final List<Arguments> KNOWN_BYTES =
      List.of(
          known("\"int\"", Columns.of("int2"), -2, "fffe"),
          known("\"int\"", Columns.of("int4"), 258, "00000102"),
          known("\"long\"", Columns.of("int4"), -1L, "ffffffff"),
          known("\"long\"", Columns.of("int8"), 1L << 40, "0000010000000000"),
          known("\"float\"", Columns.of("float4"), 1.5f, "3fc00000"),
          known("\"double\"", Columns.of("float8"), -2.0, "c000000000000000"),
          known("\"boolean\"", Columns.of("bool"), true, "01"),
          known(STRING, Columns.of("text"), new Utf8("é"), "c3a9"),
          known(STRING, Columns.of("text"), "", ""),
          known(STRING, Columns.varchar(1), "é", "c3a9"),
          known(STRING, Columns.enumeration("sad", "ok"), new Utf8("ok"), "6f6b"),
          known(STRING, Columns.of("json"), "{}", "7b7d"),
          known(STRING, Columns.of("jsonb"), "{}", "017b7d"),
          known(
              MAP,
              Columns.of("jsonb"),
              Map.of("b", "\"\n", "a", "1"),
              "01" + hex("{\"a\":\"1\",\"b\":\"\\\"\\u000a\"}")),
          known(MICROS, Columns.of("timestamptz"), 946_684_800_000_000L, "0000000000000000"),
          known(MICROS, Columns.of("timestamptz"), 946_684_799_999_999L, "ffffffffffffffff"),
          known(MILLIS, Columns.of("timestamptz"), 946_684_800_001L, "00000000000003e8"),
          known(DATE, Columns.of("date"), 10_956, "ffffffff"),
          known("\"long\"", Columns.of("interval"), 1L, "00000000000000010000000000000000"),
          known(
              STRING,
              Columns.of("uuid"),
              "00112233-4455-6677-8899-AABBccddeeff",
              "00112233445566778899aabbccddeeff"),
          known(STRING, Columns.of("inet"), "10.0.0.1", "022000040a000001"),
          known(STRING, Columns.of("inet"), "10.0.0.1/8", "020800040a000001"),
          known(STRING, Columns.of("inet"), "::1", "03800010" + "00".repeat(15) + "01"),
          known(
              STRING,
              Columns.of("inet"),
              "fe80::1:2/64",
              "03400010fe80" + "00".repeat(10) + "00010002"),
          known(
              STRING,
              Columns.of("inet"),
              "::ffff:1.2.3.4",
              "03800010" + "00".repeat(10) + "ffff01020304"),
          known(
              STRING,
              Columns.of("inet"),
              "1:2:3:4:5:6:7:8",
              "0380001000010002000300040005000600070008"),
          known(STRING, Columns.of("macaddr"), "08:00:2b:01:02:FF", "08002b0102ff"),
          known(STRING, Columns.of("macaddr"), "08-00-2b-01-02-ff", "08002b0102ff"),
          known(STRING, Columns.of("macaddr"), "0800.2b01.02ff", "08002b0102ff"),
          known(STRING, Columns.of("macaddr"), "0800-2b01-02ff", "08002b0102ff"),
          known(STRING, Columns.of("macaddr"), "08002b:0102ff", "08002b0102ff"),
          known(STRING, Columns.of("macaddr"), "08002b-0102ff", "08002b0102ff"),
          known(STRING, Columns.of("macaddr"), new Utf8("08002b0102ff"), "08002b0102ff"),
          known(STRING, Columns.of("point"), "(1,-2.5)", "3ff0000000000000c004000000000000"),
          known(STRING, Columns.of("point"), "( 5.e-1 , +.5 )", "3fe0000000000000".repeat(2)),
          known(TEXTS, Columns.of("_text"), List.of(), "000000000000000000000019"),
          known(
              TEXTS,
              Columns.of("_text"),
              Arrays.asList("a", null),
              "0000000100000001000000190000000200000001" + "0000000161" + "ffffffff"),
          known(
              LONGS,
              Columns.of("_int8"),
              List.of(7L),
              "0000000100000000000000140000000100000001" + "00000008" + "0000000000000007"));

  @ParameterizedTest
  @FieldSource("KNOWN_BYTES")
  void givesTheBytesPostgresGives(String avro, Column column, Object value, String bytes) {
    assertThat(encode(avro, column, value)).isEqualTo(bytes);
  }

  static final List<Arguments> REFUSED_VALUES =
      List.of(
          refused("\"int\"", Columns.of("int2"), 32_768, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused(
              "\"long\"", Columns.of("int4"), -2_147_483_649L, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused("\"double\"", Columns.of("float4"), 1e39, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused("\"double\"", Columns.numeric(5, 2), 999.995, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused("\"double\"", Columns.numeric(5, 2), -1e300, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused(
              "\"double\"",
              Columns.numeric(5, 2),
              Double.POSITIVE_INFINITY,
              EncodeFailure.VALUE_OUT_OF_RANGE),
          refused("\"long\"", Columns.numeric(3, 0), 1_000L, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused(
              MICROS, Columns.of("timestamptz"), Long.MIN_VALUE, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused(
              MILLIS, Columns.of("timestamptz"), Long.MAX_VALUE, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused(DATE, Columns.of("date"), Integer.MIN_VALUE, EncodeFailure.VALUE_OUT_OF_RANGE),
          refused(STRING, Columns.of("text"), new Utf8("a\0b"), EncodeFailure.TEXT_HAS_NUL),
          refused(STRING, Columns.of("jsonb"), "\0", EncodeFailure.TEXT_HAS_NUL),
          refused(MAP, Columns.of("jsonb"), Map.of("a", "\0"), EncodeFailure.TEXT_HAS_NUL),
          refused(TEXTS, Columns.of("_text"), List.of("\0"), EncodeFailure.TEXT_HAS_NUL),
          refused(STRING, Columns.varchar(2), "äöü", EncodeFailure.TEXT_TOO_LONG),
          refused(STRING, Columns.enumeration("sad"), "glad", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("uuid"), "1-1-1-1-1", EncodeFailure.VALUE_UNREADABLE),
          refused(
              STRING,
              Columns.of("uuid"),
              "0011223344556677-8899-AABB-ccddeeff!",
              EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "10.0.0.256", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "10.0.1", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "10.0.0.1/33", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "1::2::3", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "1:2:3:4:5:6:7:8:9", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "example.org", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("inet"), "", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("macaddr"), "08:00:2b:01:02", EncodeFailure.VALUE_UNREADABLE),
          refused(
              STRING, Columns.of("macaddr"), "08:00-2b:01:02:03", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("macaddr"), "0800.2b01-0203", EncodeFailure.VALUE_UNREADABLE),
          refused(
              STRING, Columns.of("macaddr"), "08:00:2b:01:02:0g", EncodeFailure.VALUE_UNREADABLE),
          refused(
              STRING,
              Columns.of("macaddr"),
              "08:00:2b:ff:fe:01:02:03",
              EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("point"), "(1)", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("point"), "(1,2,3)", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("point"), "(1,NaN)", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("point"), "(1f,2)", EncodeFailure.VALUE_UNREADABLE),
          refused(STRING, Columns.of("point"), "(1,1e400)", EncodeFailure.VALUE_OUT_OF_RANGE));

  @ParameterizedTest
  @FieldSource("REFUSED_VALUES")
  void refusesWhatTheColumnCannotHold(
      String avro, Column column, Object value, EncodeFailure code) {
    assertThatThrownBy(() -> encode(avro, column, value))
        .isInstanceOfSatisfying(
            MillraceException.class, failed -> assertThat(failed.code()).isEqualTo(code))
        .hasMessageContaining("test.values.v")
        .hasMessageNotContaining("\0");
  }

  @Test
  void refusesAPairOfTypesWhenThePlanIsMade() {
    var text = new Schema.Parser().parse(STRING);
    assertThatThrownBy(() -> EncodePlans.of(text, Columns.of("int4")))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code()).isEqualTo(EncodeFailure.UNSUPPORTED_COLUMN))
        .hasMessageContaining("test.values.v is int4")
        .hasMessageContaining("Avro type string")
        .hasMessageContaining("varchar");
  }

  @Test
  void refusesAnEnumThatLacksASymbolWhenThePlanIsMade() {
    var mood = Schema.createEnum("Mood", "", "test", new ArrayList<>(List.of("sad", "glad")));
    assertThatThrownBy(() -> EncodePlans.of(mood, Columns.enumeration("sad")))
        .hasMessageContaining("lacks [glad]")
        .hasMessageContaining("ALTER TYPE");
  }

  @Test
  void refusesALogicalTypeItDoesNotKnow() {
    var decimal = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}";
    assertThatThrownBy(
            () -> EncodePlans.of(new Schema.Parser().parse(decimal), Columns.of("bytea")))
        .hasMessageContaining("bytes (decimal)");
  }

  private static String encode(String avro, Column column, Object value) {
    return WireRecords.columnBytes(avro, column, value);
  }

  private static Arguments known(String avro, Column column, Object value, String bytes) {
    return Arguments.of(avro, column, value, bytes);
  }

  private static Arguments refused(String avro, Column column, Object value, EncodeFailure code) {
    return Arguments.of(avro, column, value, code);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
