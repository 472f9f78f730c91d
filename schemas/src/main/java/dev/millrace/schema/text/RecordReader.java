package dev.millrace.schema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Nearest;
import dev.millrace.schema.SchemaFailure;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads records written by people and scripts: one JSON object, or one line of named text values.
 * Fields are matched by name; a field that is not given takes its default. Stateless after
 * construction and safe for use by several threads.
 *
 * <p>Failures are {@link MillraceException}s with a {@link SchemaFailure} of owner data, whose
 * message names the field and the value.
 */
public final class RecordReader {
  private final Schema schema;
  private final Map<String, Schema.Field> fields = new LinkedHashMap<>();

  public RecordReader(Schema schema) {
    this.schema = schema;
    schema.getFields().forEach(field -> fields.put(field.name(), field));
  }

  /** Reads a JSON object. Numbers may be given as text; times as ISO 8601 or epoch numbers. */
  public GenericRecord fromJson(JsonNode json) {
    if (!json.isObject()) {
      throw new MillraceException(
          SchemaFailure.FIELD_UNREADABLE,
          "not a JSON object but %s: %s".formatted(json.getNodeType(), json));
    }
    var record = new GenericData.Record(schema);
    var given = new HashSet<String>();
    for (var entry : json.properties()) {
      var field = field(entry.getKey());
      record.put(field.pos(), JsonField.read(field, entry.getValue()));
      given.add(entry.getKey());
    }
    return completed(record, given);
  }

  /**
   * Reads text values by field name. Empty text is null where the field may be, else its default.
   */
  public GenericRecord fromText(Map<String, String> values) {
    var record = new GenericData.Record(schema);
    var given = new HashSet<String>();
    values.forEach(
        (name, text) -> {
          var field = field(name);
          if (!text.isEmpty()) {
            record.put(field.pos(), TextField.read(field, text));
            given.add(name);
          }
        });
    return completed(record, given);
  }

  /**
   * The field of a name.
   *
   * @throws MillraceException {@link SchemaFailure#UNKNOWN_FIELD}, naming the nearest
   */
  public Schema.Field field(String name) {
    var field = fields.get(name);
    if (field == null) {
      throw new MillraceException(
          SchemaFailure.UNKNOWN_FIELD,
          "%s has no field '%s'%s; its fields are %s"
              .formatted(
                  schema.getName(),
                  name,
                  Nearest.suggestion(name, fields.keySet()),
                  String.join(", ", fields.keySet())));
    }
    return field;
  }

  private GenericRecord completed(GenericData.Record record, Set<String> given) {
    var missing = new LinkedHashMap<>(fields);
    missing.keySet().removeAll(given);
    for (var field : missing.values()) {
      if (!field.hasDefaultValue()) {
        throw new MillraceException(
            SchemaFailure.FIELD_REQUIRED,
            "field '%s' is required and has no value".formatted(field.name()));
      }
      record.put(field.pos(), GenericData.get().getDefaultValue(field));
    }
    return record;
  }
}
