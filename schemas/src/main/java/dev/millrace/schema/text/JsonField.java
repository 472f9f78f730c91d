package dev.millrace.schema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.schema.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.apache.avro.Schema;

/** Reads the value of one field from JSON. */
final class JsonField {

  private JsonField() {}

  static Object read(Schema.Field field, JsonNode json) {
    if (json.isNull()) {
      if (!Fields.isOptional(field.schema())) {
        throw TextField.unreadable(field, "null", "given");
      }
      return null;
    }
    return value(field, Fields.valueSchema(field.schema()), json);
  }

  private static Object value(Schema.Field field, Schema schema, JsonNode json) {
    return switch (schema.getType()) {
      case MAP -> map(field, schema, json);
      case ARRAY -> array(field, schema, json);
      case STRING -> text(field, schema, json);
      default -> {
        if (!json.isValueNode()) {
          throw TextField.unreadable(field, json.toString(), "a single value");
        }
        yield TextField.read(field, schema, json.asText());
      }
    };
  }

  /** A field that holds JSON takes any JSON; other text takes only single values. */
  private static String text(Schema.Field field, Schema schema, JsonNode json) {
    if (json.isTextual()) {
      return json.textValue();
    }
    if (Fields.logicalType(schema).orElse("").equals("json") || json.isValueNode()) {
      return json.toString();
    }
    throw TextField.unreadable(field, json.toString(), "text");
  }

  private static Object map(Schema.Field field, Schema schema, JsonNode json) {
    if (!json.isObject()) {
      throw TextField.unreadable(field, json.toString(), "a JSON object");
    }
    var values = new LinkedHashMap<String, Object>();
    json.properties()
        .forEach(e -> values.put(e.getKey(), value(field, schema.getValueType(), e.getValue())));
    return values;
  }

  private static Object array(Schema.Field field, Schema schema, JsonNode json) {
    if (!json.isArray()) {
      throw TextField.unreadable(field, json.toString(), "a JSON array");
    }
    var values = new ArrayList<Object>();
    json.forEach(element -> values.add(value(field, schema.getElementType(), element)));
    return values;
  }
}
