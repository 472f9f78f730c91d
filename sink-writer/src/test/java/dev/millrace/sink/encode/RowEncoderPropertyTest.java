package dev.millrace.sink.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Millrace;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Straight from Avro bytes to a row is the same as through Avro's own reader: for every record of
 * the catalogue and one with a field of every kind, for writers of many schemas, for values that
 * fit and values that do not.
 */
class RowEncoderPropertyTest {
  private static final int WRITERS = 20;
  private static final int RECORDS = 4;
  private static final int WIRE_HEADER = 5;

  private static final Schema EVERY_KIND =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Every", "namespace": "test", "fields": [
                {"name": "a", "type": "float", "aliases": ["old_a"]},
                {"name": "b", "type": "bytes", "default": "xyz"},
                {"name": "c", "type": {"type": "map", "values": "long"}, "default": {"k": 1}},
                {"name": "d", "type": {"type": "array", "items": ["null", "string"]}},
                {"name": "e", "type": {"type": "array", "items": "double"}, "default": [1.5]},
                {"name": "f", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "g", "type": ["null", {"type": "int", "logicalType": "date"}]},
                {"name": "h", "type": "long", "default": -7, "aliases": ["old_h"]},
                {"name": "i", "type": {"type": "map", "values": {"type": "array", "items": "float"}}},
                {"name": "j", "type": {"type": "array", "items": "int"}},
                {"name": "k", "type": ["null", "string"], "default": null, "aliases": ["old_k"]},
                {"name": "l", "type": {"type": "enum", "name": "L", "symbols": ["x", "y", "z"], "default": "z"}},
                {"name": "m", "type": "string", "default": "naïve"}]}
              """);

  private static int seed = 1;

  static Stream<Schema> readers() {
    return Stream.concat(
        Stream.generate(() -> EVERY_KIND).limit(20),
        Millrace.CATALOG.stored().map(RecordType::schema));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void givesWhatAvrosOwnReaderWouldHaveGiven(Schema reader) {
    var random = new Random(seed++);
    var stored = 0;
    for (var i = 0; i < WRITERS; i++) {
      var row = new RowPlan(reader, RandomColumns.of(reader, random));
      var writer = new RandomWriters(random).writerOf(reader);
      var encoder = WireRecords.encoder(writer, row);
      for (var j = 0; j < RECORDS; j++) {
        stored += assertSame(row, encoder, writer, random) ? 1 : 0;
      }
    }
    assertThat(stored).as("records that could be stored").isGreaterThan(WRITERS * RECORDS / 10);
  }

  /** Avro 1.12.2 itself refuses these: it wants eight bytes of every number, as it is read. */
  @Test
  void widensTheElementsOfAnArray() {
    var writer = array("int");
    var record = new GenericData.Record(writer);
    record.put("v", List.of(1, 2));
    var row = new RowPlan(array("double"), List.of(Columns.of("_float8")));
    var elements = "000000083ff0000000000000" + "000000084000000000000000";
    assertThat(outcome(() -> direct(WireRecords.encoder(writer, row), WireRecords.bytes(record))))
        .endsWith("000002bd" + "00000002" + "00000001" + elements);
  }

  private static Schema array(String items) {
    return SchemaBuilder.record("R")
        .fields()
        .name("v")
        .type(
            Schema.createArray(Schema.create(Schema.Type.valueOf(items.toUpperCase(Locale.ROOT)))))
        .noDefault()
        .endRecord();
  }

  /** A record that holds itself is skipped link by link, though not without end. */
  @Test
  void refusesAChainThatIsTooLong() {
    var writer =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [{"name": "n", "type": "int"},
                  {"name": "c", "type": {"type": "record", "name": "C", "fields": [
                    {"name": "next", "type": ["null", "C"]}]}}]}
                """);
    var reader = SchemaBuilder.record("R").fields().requiredInt("n").endRecord();
    var row = new RowPlan(reader, List.of(Columns.named("n", "int4")));
    var encoder = WireRecords.encoder(writer, row);
    assertThat(outcome(() -> direct(encoder, chain(writer, 50)))).doesNotContain("UNDECODABLE");
    assertThat(outcome(() -> direct(encoder, chain(writer, 200)))).contains("nested more than");
  }

  private static byte[] chain(Schema writer, int links) {
    var chain = writer.getField("c").schema();
    GenericData.Record last = null;
    for (var i = 0; i < links; i++) {
      var link = new GenericData.Record(chain);
      link.put("next", last);
      last = link;
    }
    var record = new GenericData.Record(writer);
    record.put("n", 1);
    record.put("c", last);
    return WireRecords.bytes(record);
  }

  private static boolean assertSame(RowPlan row, RowEncoder encoder, Schema writer, Random random) {
    var columns =
        Stream.iterate(0, i -> i < row.width(), i -> i + 1)
            .map(row::column)
            .collect(Collectors.toMap(Column::name, Column::type));
    var bytes = WireRecords.bytes(new RandomValues(random).record(writer, columns));
    var expected = outcome(() -> throughAvro(row, writer, bytes));
    var actual = outcome(() -> direct(encoder, bytes));
    if (expected.equals(SchemaFailure.UNDECODABLE.name()) && !actual.startsWith(expected)) {
      // Avro judges fields that nobody stores, too.
      assertThat(row.unstored()).as(actual + " for " + writer).isNotEmpty();
    } else {
      assertThat(actual.startsWith(SchemaFailure.UNDECODABLE.name()) ? "UNDECODABLE" : actual)
          .as("written as %s, read as %s", writer, row.schema())
          .isEqualTo(expected);
    }
    return !actual.contains(":");
  }

  private static byte[] direct(RowEncoder encoder, byte[] bytes) {
    var out = new CopyBuffer();
    encoder.append(bytes, out);
    return out.toByteArray();
  }

  private static byte[] throughAvro(RowPlan row, Schema writer, byte[] bytes) {
    GenericRecord record;
    try {
      var length = bytes.length - WIRE_HEADER;
      var decoder = DecoderFactory.get().binaryDecoder(bytes, WIRE_HEADER, length, null);
      record = new GenericDatumReader<GenericRecord>(writer, row.schema()).read(null, decoder);
    } catch (IOException | AvroRuntimeException unreadable) {

      throw new MillraceException(SchemaFailure.UNDECODABLE, "");
    }
    return GenericRows.encode(row, record);
  }

  private static String outcome(Supplier<byte[]> encoding) {
    try {
      return HexFormat.of().formatHex(encoding.get());
    } catch (MillraceException refused) {
      var undecodable = refused.code() == SchemaFailure.UNDECODABLE;
      return refused.code().name()
          + (undecodable && refused.getMessage().isEmpty() ? "" : ": " + refused.getMessage());
    }
  }
}
