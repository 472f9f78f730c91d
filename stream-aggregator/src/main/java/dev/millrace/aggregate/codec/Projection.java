package dev.millrace.aggregate.codec;

import java.util.Set;
import org.apache.avro.Schema;

/**
 * A record schema with fewer fields, as which records of it can be read: the others are skipped.
 */
public final class Projection {

  private Projection() {}

  /** The schema with these of its fields, in its order. */
  public static Schema of(Schema schema, Set<String> fields) {
    return Schema.createRecord(
        schema.getName(),
        schema.getDoc(),
        schema.getNamespace(),
        false,
        schema.getFields().stream()
            .filter(field -> fields.contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList());
  }
}
