package dev.millrace.sink.encode;

import dev.millrace.schema.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;

/** A table that could hold a record: for each field a column of a type that fits, or none. */
final class RandomColumns {
  private static final Map<String, List<String>> BY_AVRO =
      Map.ofEntries(
          Map.entry("string", List.of("text", "varchar", "inet", "macaddr", "point", "mood")),
          Map.entry("uuid", List.of("uuid", "text")),
          Map.entry("json", List.of("json", "jsonb", "text")),
          Map.entry("int", List.of("int2", "int4", "int8", "numeric", "float8")),
          Map.entry("long", List.of("int4", "int8", "numeric", "interval")),
          Map.entry("float", List.of("float4", "float8", "numeric")),
          Map.entry("double", List.of("float4", "float8", "numeric")),
          Map.entry("boolean", List.of("bool")),
          Map.entry("bytes", List.of("bytea")),
          Map.entry("timestamp-micros", List.of("timestamptz")),
          Map.entry("timestamp-millis", List.of("timestamptz")),
          Map.entry("date", List.of("date")),
          Map.entry("map", List.of("json", "jsonb")),
          Map.entry("array:string", List.of("_text", "_varchar", "jsonb")),
          Map.entry("array:int", List.of("_int4", "_int8", "jsonb")),
          Map.entry("array:long", List.of("_int8", "jsonb")),
          Map.entry("array:double", List.of("_float8", "jsonb")));

  private RandomColumns() {}

  static List<Column> of(Schema record, Random random) {
    var columns = new ArrayList<Column>();
    for (var field : record.getFields()) {
      if (random.nextInt(10) > 0) {
        columns.add(column(field, random));
      }
    }
    return columns;
  }

  private static Column column(Schema.Field field, Random random) {
    var value = Fields.valueSchema(field.schema());
    var required = random.nextInt(20) == 0 || !field.schema().isNullable();
    if (value.getType() == Schema.Type.ENUM) {
      var labels = random.nextBoolean() ? value.getEnumSymbols() : List.<String>of();
      var type = labels.isEmpty() ? "text" : "label";
      return new Column("test.rows", field.name(), type, -1, required, labels);
    }
    var types = BY_AVRO.get(kindOf(value));
    var type = types.get(random.nextInt(types.size()));
    var labels = type.equals("mood") ? List.of("sad", "glad") : List.<String>of();
    return new Column("test.rows", field.name(), type, modifier(type, random), required, labels);
  }

  private static String kindOf(Schema value) {
    return Fields.logicalType(value)
        .orElseGet(
            () ->
                value.getType() == Schema.Type.ARRAY
                    ? "array:" + Fields.valueSchema(value.getElementType()).getType().getName()
                    : value.getType().getName());
  }

  private static int modifier(String type, Random random) {
    return switch (type) {
      case "varchar", "_varchar" -> random.nextInt(4, 60);
      case "numeric" -> random.nextBoolean() ? -1 : (20 << 16 | random.nextInt(6)) + 4;
      default -> -1;
    };
  }
}
