package dev.millrace.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Where a value lies in a record: a field, or an entry of a field that is a map, which is written
 * with a dot, {@code series.asset_id}. Immutable.
 */
public record Place(String field, Optional<String> entry) {

  public Place {
    Objects.requireNonNull(field);
    Objects.requireNonNull(entry);
  }

  /** The place that is written so. */
  public static Place of(String path) {
    var dot = path.indexOf('.');
    return dot < 0
        ? new Place(path, Optional.empty())
        : new Place(path.substring(0, dot), Optional.of(path.substring(dot + 1)));
  }

  /** Several. */
  public static List<Place> all(String... paths) {
    return Arrays.stream(paths).map(Place::of).toList();
  }

  /** What is there is called so: the entry's name, else the field's. */
  public String name() {
    return entry.orElse(field);
  }

  /** The value, as Avro's generic reader has it; or null. */
  public Object in(GenericRecord record) {
    var value = record.get(field);
    if (entry.isEmpty() || value == null) {
      return value;
    }
    for (var each : ((Map<?, ?>) value).entrySet()) {
      if (each.getKey().toString().equals(entry.get())) {
        return each.getValue();
      }
    }
    return null;
  }

  /** The value as text, or null. */
  public String textIn(GenericRecord record) {
    var value = in(record);
    return value == null ? null : value.toString();
  }

  /** Whether records of a schema may have nothing there. */
  boolean isOptionalIn(Schema schema) {
    return entry.isPresent() || Fields.isOptional(schema.getField(field).schema());
  }

  /** The schema of the values there. */
  Schema valueIn(Schema schema) {
    var value = Fields.valueSchema(schema.getField(field).schema());
    return entry.isPresent() ? Fields.valueSchema(value.getValueType()) : value;
  }

  void requireIn(Schema schema) {
    Fields.require(schema, field);
    var value = Fields.valueSchema(schema.getField(field).schema());
    if (entry.isPresent() && value.getType() != Schema.Type.MAP) {
      throw new IllegalArgumentException(
          "%s.%s of %s is no entry of a map: %s is %s"
              .formatted(field, entry.get(), schema.getFullName(), field, value));
    }
  }

  @Override
  public String toString() {
    return field + entry.map(name -> "." + name).orElse("");
  }
}
