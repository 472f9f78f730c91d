package dev.millrace.schema;

import java.util.Optional;
import org.apache.avro.Schema;

/** Questions about the fields of an Avro record. */
public final class Fields {

  private Fields() {}

  /** The schema of a field's values: for an optional field, the branch that is not null. */
  public static Schema valueSchema(Schema field) {
    if (!field.isUnion()) {
      return field;
    }
    return field.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a union of nothing but null: " + field));
  }

  public static boolean isOptional(Schema field) {
    return field.isNullable();
  }

  /** Name of the logical type of a field's values, e.g. {@code timestamp-micros}. */
  public static Optional<String> logicalType(Schema field) {
    return Optional.ofNullable(valueSchema(field).getProp("logicalType"));
  }

  static void require(Schema schema, String... names) {
    for (var name : names) {
      if (schema.getField(name) == null) {
        throw new IllegalArgumentException(
            schema.getFullName() + " has no field '" + name + "'; it has " + schema.getFields());
      }
    }
  }
}
