package dev.millrace.producer.validate;

import dev.millrace.schema.Fields;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;

/**
 * Compiles the check of a field from its schema. The one table of what Avro type is checked how; a
 * type that is not in it is refused here, when the validator is built, and never at a record.
 */
final class ValueChecks {

  private ValueChecks() {}

  /**
   * The check of values of {@code schema}, for an optional field of its values that are not null.
   *
   * @throws IllegalArgumentException if values of the type cannot be checked
   */
  static ValueCheck of(Schema schema) {
    var values = Fields.valueSchema(schema);
    return switch (values.getType()) {
      case STRING -> TextChecks.of(values);
      case DOUBLE -> ValueChecks::finiteDouble;
      case FLOAT -> ValueChecks::finiteFloat;
      case LONG -> whole64(values);
      case INT -> whole32(values);
      case BOOLEAN -> instance(Boolean.class, "true or false");
      case BYTES -> instance(ByteBuffer.class, "bytes");
      case ENUM -> symbol(values);
      case MAP -> map(values);
      case ARRAY -> array(values);
      default ->
          throw new IllegalArgumentException(
              "fields of Avro type %s are not supported: %s".formatted(values.getType(), values));
    };
  }

  private static void finiteDouble(String field, Object value) {
    if (!(value instanceof Double number)) {
      throw Violation.wrongClass(field, "a double", value);
    }
    if (!Double.isFinite(number)) {
      throw Violation.outOfRange(field, value, "and must be a finite number");
    }
  }

  private static void finiteFloat(String field, Object value) {
    if (!(value instanceof Float number)) {
      throw Violation.wrongClass(field, "a float", value);
    }
    if (!Float.isFinite(number)) {
      throw Violation.outOfRange(field, value, "and must be a finite number");
    }
  }

  private static ValueCheck whole64(Schema schema) {
    return Fields.logicalType(schema).orElse("").equals("timestamp-micros")
        ? EventTime::micros
        : instance(Long.class, "a long");
  }

  private static ValueCheck whole32(Schema schema) {
    if (!Fields.logicalType(schema).orElse("").equals("date")) {
      return instance(Integer.class, "an int");
    }
    return (field, value) -> {
      if (!(value instanceof Integer) && !(value instanceof LocalDate)) {
        throw Violation.wrongClass(field, "a date", value);
      }
    };
  }

  private static ValueCheck instance(Class<?> wanted, String words) {
    return (field, value) -> {
      if (!wanted.isInstance(value)) {
        throw Violation.wrongClass(field, words, value);
      }
    };
  }

  private static ValueCheck symbol(Schema schema) {
    var wanted = "one of " + schema.getEnumSymbols();
    return (field, value) -> {
      if (!(value instanceof Enum<?>) && !(value instanceof GenericEnumSymbol<?>)) {
        throw Violation.wrongClass(field, wanted, value);
      }
      if (!schema.hasEnumSymbol(value.toString())) {
        throw Violation.unreadable(field, wanted, value);
      }
    };
  }

  private static ValueCheck map(Schema schema) {
    var ofValue = of(schema.getValueType());
    var nullable = schema.getValueType().isNullable();
    return (field, value) -> {
      if (!(value instanceof Map<?, ?> map)) {
        throw Violation.wrongClass(field, "a map", value);
      }
      map.forEach(
          (key, element) -> {
            TextChecks.plain(field, key);
            element(field + "." + key, element, nullable, ofValue);
          });
    };
  }

  private static ValueCheck array(Schema schema) {
    var ofElement = of(schema.getElementType());
    var nullable = schema.getElementType().isNullable();
    return (field, value) -> {
      if (!(value instanceof Collection<?> elements)) {
        throw Violation.wrongClass(field, "a list", value);
      }
      elements.forEach(element -> element(field, element, nullable, ofElement));
    };
  }

  private static void element(String field, Object value, boolean nullable, ValueCheck check) {
    if (value != null) {
      check.check(field, value);
    } else if (!nullable) {
      throw Violation.required(field);
    }
  }
}
