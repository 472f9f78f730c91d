package dev.millrace.standalone.travel;

import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Gives records of one table keys of their own, by one field of the key that is never null. */
final class DistinctKeys {
  private static final long SECOND = 1_000_000;

  /** Times and numbers first: not every text stays one of its column's type. */
  private static final List<Schema.Type> MOVABLE =
      List.of(Schema.Type.LONG, Schema.Type.INT, Schema.Type.STRING);

  private DistinctKeys() {}

  /** Moves the key of a record on by a number; a table without a key takes any record. */
  static void move(RecordType type, GenericRecord record, int by) {
    type.table().orElseThrow().conflictKey().stream()
        .map(type.schema()::getField)
        .filter(field -> MOVABLE.contains(field.schema().getType()))
        .min(Comparator.comparing(field -> MOVABLE.indexOf(field.schema().getType())))
        .ifPresent(field -> record.put(field.pos(), moved(field, record.get(field.pos()), by)));
  }

  private static Object moved(Schema.Field field, Object value, int by) {
    return switch (field.schema().getType()) {
      case INT -> (Integer) value + by;
      case LONG ->
          Fields.logicalType(field.schema()).isPresent()
              ? (Long) value + by * SECOND
              : (Long) value + by;
      default -> moved(field, value.toString(), by);
    };
  }

  private static String moved(Schema.Field field, String value, int by) {
    if (!Fields.logicalType(field.schema()).orElse("").equals("uuid")) {
      return by == 0 ? value : value + by;
    }
    var id = UUID.fromString(value);
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + by).toString();
  }
}
