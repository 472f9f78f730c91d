package dev.millrace.schema.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import dev.millrace.schema.SchemaFailure;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Reads the value of one field from text. */
final class TextField {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextField() {}

  static Object read(Schema.Field field, String text) {
    return read(field, Fields.valueSchema(field.schema()), text);
  }

  /** Reads a value of {@code schema}: the field's own, or that of its elements. */
  static Object read(Schema.Field field, Schema schema, String text) {
    try {
      return parse(field, schema, text);
    } catch (NumberFormatException notANumber) {
      throw unreadable(field, text, "a number");
    } catch (DateTimeException notATime) {
      throw unreadable(field, text, "a time (ISO 8601, or an epoch number)");
    } catch (JsonProcessingException notJson) {
      throw unreadable(field, text, "a JSON object");
    }
  }

  private static Object parse(Schema.Field field, Schema value, String text)
      throws JsonProcessingException {
    var logical = Fields.logicalType(value).orElse("");
    return switch (value.getType()) {
      case STRING -> text;
      case DOUBLE -> Double.valueOf(text.strip());
      case FLOAT -> Float.valueOf(text.strip());
      case INT ->
          logical.equals("date")
              ? (Object) Math.toIntExact(LocalDate.parse(text.strip()).toEpochDay())
              : (Object) Integer.valueOf(text.strip());
      case LONG ->
          logical.equals("timestamp-micros")
              ? EpochTime.parseMicros(text.strip())
              : Long.parseLong(text.strip());
      case BOOLEAN -> bool(field, text.strip());
      case ENUM -> symbol(field, value, text.strip());
      default -> JsonField.read(field, JSON.readTree(text));
    };
  }

  static Object symbol(Schema.Field field, Schema value, String text) {
    if (!value.hasEnumSymbol(text)) {
      throw unreadable(field, text, "one of " + value.getEnumSymbols());
    }
    return new GenericData.EnumSymbol(value, text);
  }

  private static Boolean bool(Schema.Field field, String text) {
    return switch (text) {
      case "true", "1", "t" -> true;
      case "false", "0", "f" -> false;
      default -> throw unreadable(field, text, "true or false");
    };
  }

  static MillraceException unreadable(Schema.Field field, String text, String wanted) {
    return new MillraceException(
        SchemaFailure.FIELD_UNREADABLE,
        "field '%s' must be %s, not '%s'".formatted(field.name(), wanted, text));
  }
}
