package dev.millrace.producer.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.schema.Fields;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Checks of text: no NUL, which PostgreSQL cannot store, and what the logical type asks for. */
final class TextChecks {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final String ESCAPED_NUL = "\\u0000";

  private TextChecks() {}

  static ValueCheck of(Schema schema) {
    return switch (Fields.logicalType(schema).orElse("")) {
      case "uuid" -> TextChecks::uuid;
      case "json" -> TextChecks::json;
      default -> TextChecks::plain;
    };
  }

  static void plain(String field, Object value) {
    if (!(value instanceof CharSequence)) {
      throw Violation.wrongClass(field, "text", value);
    }
    if (value.toString().indexOf('\0') >= 0) {
      throw Violation.unreadable(field, "text without NUL characters", value);
    }
  }

  private static void uuid(String field, Object value) {
    if (value instanceof UUID) {
      return;
    }
    plain(field, value);
    if (!UUID_TEXT.matcher(value.toString()).matches()) {
      throw Violation.unreadable(field, "a UUID", value);
    }
  }

  /** jsonb stores no NUL, not even an escaped one. */
  private static void json(String field, Object value) {
    plain(field, value);
    var text = value.toString();
    try {
      if (JSON.readTree(text).isMissingNode()) {
        throw Violation.unreadable(field, "JSON", value);
      }
    } catch (JsonProcessingException notJson) {
      throw Violation.unreadable(field, "JSON", value);
    }
    if (text.contains(ESCAPED_NUL)) {
      throw Violation.unreadable(field, "JSON without NUL characters", value);
    }
  }
}
