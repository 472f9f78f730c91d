package dev.millrace.sink.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Fixtures;
import dev.millrace.catalog.Millrace;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no record are refused as such: at once, whatever lengths they claim. */
@Timeout(60)
class MalformedRecordsTest {
  private static final int WIRE_HEADER = 5;
  private static final int RANDOM_RECORDS = 2_000;
  private static final int MOST_ROW_BYTES_A_BYTE = 64;

  private static final String LONG = "\"long\"";
  private static final String INT = "\"int\"";
  private static final String STRING = "\"string\"";
  private static final String MAYBE_INT = "[\"null\",\"int\"]";
  private static final String INTS = "{\"type\":\"array\",\"items\":\"int\"}";
  private static final String MAYBE_INTS = "{\"type\":\"array\",\"items\":[\"null\",\"int\"]}";
  private static final String NOTHINGS = "{\"type\":\"array\",\"items\":\"null\"}";
  private static final String MAP_OF = "{\"type\":\"map\",\"values\":";
  private static final String MANY = "020261feffffffffffffffff01";

  static Stream<RecordType> stored() {
    return Millrace.CATALOG.stored();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void refusesARecordThatEndsTooEarlyOrTooLate(RecordType type) {
    var encoder = encoder(type.schema(), 1);
    var whole = WireRecords.bytes(Fixtures.full(type));
    for (var length = 0; length < whole.length; length++) {
      assertUndecodable(encoder, Arrays.copyOf(whole, length));
    }
    assertUndecodable(encoder, Arrays.copyOf(whole, whole.length + 1));
  }

  /** Whatever becomes of random bytes, it is a row of their size or a failure of the record. */
  @ParameterizedTest
  @MethodSource("stored")
  void survivesAnyBytes(RecordType type) {
    var random = new Random(type.topic().hashCode());
    var encoder = encoder(type.schema(), 2);
    var whole = WireRecords.bytes(Fixtures.full(type));
    var out = new CopyBuffer();
    for (var i = 0; i < RANDOM_RECORDS; i++) {
      var bytes = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(6, 300)) : whole.clone();
      for (var left = i % 2 == 0 ? bytes.length : 3; left > 0; left--) {
        bytes[random.nextInt(WIRE_HEADER, bytes.length)] = (byte) random.nextInt();
      }
      appendOrRefuse(encoder, bytes, out);
    }
  }

  private static void appendOrRefuse(RowEncoder encoder, byte[] bytes, CopyBuffer out) {
    out.truncate(0);
    try {
      encoder.append(bytes, out);
      assertThat(out.size()).isLessThan((bytes.length + 100) * MOST_ROW_BYTES_A_BYTE);
    } catch (MillraceException refused) {
      assertThat(refused.code().owner()).isEqualTo(Owner.DATA);
      assertThat(out.size()).isZero();
    }
  }

  /** How it was written, how it is read, the bytes behind the header, and what is said of them. */
  static final List<Arguments> BROKEN =
      List.of(
          broken(LONG, LONG, "ffffffffffffffffffffff01", "a number of more than 10 bytes"),
          broken(INT, INT, "ffffffffffff01", "a number of more than 5 bytes"),
          broken(STRING, STRING, "01", "a length of -1"),
          broken(STRING, STRING, "feffffffffffffffff01", "a length of 9223372036854775807"),
          broken(STRING, STRING, "feffffff0f41", "a length of 2147483647"),
          broken(MAYBE_INT, MAYBE_INT, "04", "index 2 of 2"),
          broken(MAYBE_INT, MAYBE_INT, "01", "index -1 of 2"),
          broken(INTS, INTS, "feffffffffffffffff01", "the record ends"),
          broken(INTS, INTS, "ffffffffffffffffff0102", "a block of"),
          broken(NOTHINGS, MAYBE_INTS, "feffffffffffffffff01", "items in fewer bytes"),
          broken(MAP_OF + NOTHINGS + "}", MAP_OF + MAYBE_INTS + "}", MANY, "items in fewer bytes"),
          broken(MAP_OF + "\"null\"}", MAP_OF + MAYBE_INT + "}", MANY, "the record ends"));

  @ParameterizedTest
  @FieldSource("BROKEN")
  void saysWhatIsWrong(String written, String read, String hex, String message) {
    var reader = record(read);
    var row = new RowPlan(reader, List.of(column(reader)));
    var bytes = HexFormat.of().parseHex("0000000001" + hex);
    assertThatThrownBy(
            () -> WireRecords.encoder(record(written), row).append(bytes, new CopyBuffer()))
        .hasMessageContaining(message);
  }

  /** What nobody stores may claim any number of nothings: none of them is looked at. */
  @Test
  void stepsOverNothingsWithoutCountingThem() {
    var reader = record(INT);
    var writer =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"x\",\"type\":%s},{\"name\":\"v\",\"type\":\"int\"}]}"
                    .formatted(NOTHINGS));
    var row = new RowPlan(reader, List.of(Columns.of("int4")));
    var out = new CopyBuffer();
    var bytes = HexFormat.of().parseHex("0000000001" + "feffffffffffffffff01" + "00" + "02");
    WireRecords.encoder(writer, row).append(bytes, out);
    assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo("00010000000400000001");
  }

  private static Column column(Schema reader) {
    var value = Fields.valueSchema(reader.getField("v").schema());
    return Columns.of(
        switch (value.getType()) {
          case LONG -> "int8";
          case INT -> "int4";
          case STRING -> "text";
          case MAP -> "jsonb";
          default -> "_int4";
        });
  }

  private static Arguments broken(String written, String read, String hex, String message) {
    return Arguments.of(written, read, hex, message);
  }

  /** Broken bytes are not judged by the bad value they begin with. */
  @Test
  void prefersWhatIsWrongWithTheBytesToWhatIsWrongWithAValue() {
    var schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"v\",\"type\":\"string\"},{\"name\":\"w\",\"type\":\"double\"}]}");
    var row = new RowPlan(schema, List.of(Columns.of("text")));
    var nulAndThenTheEnd = new byte[] {0, 0, 0, 0, 1, 2, 0, 9};
    assertUndecodable(WireRecords.encoder(schema, row), nulAndThenTheEnd);
  }

  private static Schema record(String avro) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"v\",\"type\":%s}]}"
                .formatted(avro));
  }

  private static RowEncoder encoder(Schema schema, long seed) {
    var row = new RowPlan(schema, RandomColumns.of(schema, new Random(seed)));
    return WireRecords.encoder(schema, row);
  }

  private static void assertUndecodable(RowEncoder encoder, byte[] bytes) {
    assertThatThrownBy(() -> encoder.append(bytes, new CopyBuffer()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(SchemaFailure.UNDECODABLE));
  }
}
