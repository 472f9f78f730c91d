package dev.millrace.bench.peers;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * A flat Avro record as a Connect struct: optional fields, numbers, texts, enums as texts, times as
 * Debezium names them. Immutable.
 */
final class StructSchema {
  /** Debezium's name for microseconds since 1970. */
  private static final String MICROS = "io.debezium.time.MicroTimestamp";

  private final org.apache.kafka.connect.data.Schema schema;
  private final Field[] fields;
  private final boolean[] texts;

  StructSchema(Schema record) {
    var builder = SchemaBuilder.struct().name(record.getFullName());
    record.getFields().forEach(field -> builder.field(field.name(), typeOf(field.schema())));
    schema = builder.build();
    fields = schema.fields().toArray(Field[]::new);
    texts = new boolean[fields.length];
    for (var i = 0; i < fields.length; i++) {
      texts[i] = fields[i].schema().type() == org.apache.kafka.connect.data.Schema.Type.STRING;
    }
  }

  private static org.apache.kafka.connect.data.Schema typeOf(Schema field) {
    var optional = field.isNullable();
    var type = optional ? notNull(field) : field;
    var builder =
        switch (type.getType()) {
          case STRING, ENUM -> SchemaBuilder.string();
          case INT -> SchemaBuilder.int32();
          case LONG -> SchemaBuilder.int64();
          case DOUBLE -> SchemaBuilder.float64();
          case FLOAT -> SchemaBuilder.float32();
          case BOOLEAN -> SchemaBuilder.bool();
          default -> throw new DataException("no struct for " + type);
        };
    if (type.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      builder.name(MICROS);
    }
    return optional ? builder.optional().build() : builder.build();
  }

  private static Schema notNull(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  org.apache.kafka.connect.data.Schema schema() {
    return schema;
  }

  Struct structOf(GenericRecord record) {
    var struct = new Struct(schema);
    for (var i = 0; i < fields.length; i++) {
      var value = record.get(i);
      struct.put(fields[i], texts[i] && value != null ? text(value) : value);
    }
    return struct;
  }

  private static String text(Object value) {
    return value instanceof GenericData.EnumSymbol ? value.toString() : (String) value;
  }
}
