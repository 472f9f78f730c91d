package dev.millrace.producer.validate;

import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Says whether a record of one type can be encoded, folded and stored: required fields set, values
 * of the field's type, enum symbols known, numbers finite, text without NUL, UUIDs and JSON
 * well-formed, key fields not empty, event time within bounds. Takes generated records and generic
 * ones.
 *
 * <p>Compiled once a type; then one virtual call a field and no allocation for a good record. Safe
 * for use by several threads.
 */
public final class RecordValidator {
  private final FieldCheck[] checks;
  private final List<Schema.Field> key;
  private final Schema.Field eventTime;
  private final TimeBounds bounds;

  /**
   * Compiles the checks of {@code type}.
   *
   * @throws IllegalArgumentException if a field has an Avro type that cannot be checked
   */
  public RecordValidator(RecordType type, TimeBounds bounds) {
    this.checks =
        type.schema().getFields().stream()
            .map(field -> FieldCheck.of(field, type.key().contains(field.name())))
            .toArray(FieldCheck[]::new);
    this.key = type.key().stream().map(type.schema()::getField).toList();
    this.eventTime = type.schema().getField(type.eventTime());
    this.bounds = bounds;
  }

  /**
   * Checks a record, which must have the schema of the type, and answers its event time in
   * microseconds since the epoch.
   *
   * @param nowMillis the wall clock, milliseconds since the epoch
   * @throws dev.millrace.failure.MillraceException of owner data, naming the first bad field and
   *     its value
   */
  public long validate(IndexedRecord record, long nowMillis) {
    for (var check : checks) {
      check.check(record.get(check.position()));
    }
    requireSomeKey(record);
    var micros = EventTime.micros(eventTime.name(), record.get(eventTime.pos()));
    bounds.check(eventTime.name(), micros, nowMillis);
    return micros;
  }

  /** Where all key fields are optional, one of them must be set: else all records share a key. */
  private void requireSomeKey(IndexedRecord record) {
    for (var field : key) {
      var value = record.get(field.pos());
      if (value != null && !(value instanceof CharSequence text && text.isEmpty())) {
        return;
      }
    }
    throw Violation.emptyKey(key.get(0).name());
  }

  /** The checks of one field, with what does not depend on the value worked out. */
  private record FieldCheck(
      String name, int position, boolean optional, boolean notEmpty, ValueCheck ofValue) {

    static FieldCheck of(Schema.Field field, boolean inKey) {
      var optional = Fields.isOptional(field.schema());
      return new FieldCheck(
          field.name(), field.pos(), optional, inKey && !optional, ValueChecks.of(field.schema()));
    }

    void check(Object value) {
      if (value != null) {
        ofValue.check(name, value);
        requireNotEmpty(value);
      } else if (!optional) {
        throw Violation.required(name);
      }
    }

    private void requireNotEmpty(Object value) {
      if (notEmpty && value instanceof CharSequence text && text.isEmpty()) {
        throw Violation.emptyKey(name);
      }
    }
  }
}
