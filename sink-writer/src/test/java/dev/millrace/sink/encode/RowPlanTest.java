package dev.millrace.sink.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RowPlanTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Row")
          .fields()
          .optionalString("note")
          .requiredInt("count")
          .optionalLong("extra")
          .endRecord();

  private static final Column COUNT = column("count", "int4", true);
  private static final Column NOTE = column("note", "text", false);
  private static final Column REQUIRED_NOTE = column("note", "text", true);
  private static final Column CREATED = column("created_at", "timestamptz", true);

  @Test
  void joinsFieldsAndColumnsByNameInTheOrderOfTheFields() {
    var plan = new RowPlan(SCHEMA, List.of(CREATED, COUNT, NOTE));

    assertThat(plan.columns()).containsExactly("note", "count");
    assertThat(plan.unstored()).containsExactly("extra");
    assertThat(encode(plan, row("a", 1))).isEqualTo("0002" + "0000000161" + "0000000400000001");
  }

  @Test
  void writesNullAsALengthOfMinusOne() {
    assertThat(encode(new RowPlan(SCHEMA, List.of(NOTE)), row(null, 1)))
        .isEqualTo("0001" + "ffffffff");
  }

  @Test
  void leavesTheBufferAsItWasWhenAValueIsRefused() {
    var plan = new RowPlan(SCHEMA, List.of(COUNT, NOTE));
    var out = new CopyBuffer();
    var encoder = WireRecords.encoder(SCHEMA, plan);
    encoder.append(WireRecords.bytes(row("good", 1)), out);
    var before = out.size();

    assertThatThrownBy(() -> encoder.append(WireRecords.bytes(row("b\0d", 2)), out))
        .isInstanceOf(MillraceException.class);
    assertThat(out.size()).isEqualTo(before);
  }

  @Test
  void refusesNullWhereTheColumnMustHaveAValue() {
    var plan = new RowPlan(SCHEMA, List.of(REQUIRED_NOTE));
    assertThatThrownBy(() -> encode(plan, row(null, 1)))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code()).isEqualTo(EncodeFailure.VALUE_REQUIRED))
        .hasMessageContaining("test.rows.note must have a value");
  }

  private static String encode(RowPlan plan, GenericRecord row) {
    var out = new CopyBuffer();
    WireRecords.encoder(SCHEMA, plan).append(WireRecords.bytes(row), out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private static GenericRecord row(String note, int count) {
    var row = new GenericData.Record(SCHEMA);
    row.put("note", note);
    row.put("count", count);
    return row;
  }

  private static Column column(String name, String type, boolean required) {
    return new Column("test.rows", name, type, -1, required, List.of());
  }
}
