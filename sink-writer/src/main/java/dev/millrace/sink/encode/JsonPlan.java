package dev.millrace.sink.encode;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * An Avro map or array as JSON. Keys are sorted, so that equal maps are equal bytes; numbers that
 * JSON does not have (NaN, infinities) are refused.
 */
final class JsonPlan {
  private static final int JSONB_VERSION = 1;

  private JsonPlan() {}

  static EncodePlan.OfTree json(Column column) {
    return (value, out) -> append(column, value, out);
  }

  static EncodePlan.OfTree jsonb(Column column) {
    return (value, out) -> {
      out.putByte(JSONB_VERSION);
      append(column, value, out);
    };
  }

  private static void append(Column column, Object value, CopyBuffer out) {
    var json = new StringBuilder();
    write(column, value, json);
    out.putUtf8(json.toString());
  }

  private static void write(Column column, Object value, StringBuilder json) {
    if (value instanceof Map<?, ?> map) {
      writeMap(column, map, json);
    } else if (value instanceof Collection<?> elements) {
      writeArray(column, elements, json);
    } else if (value == null || value instanceof Boolean || isFinite(column, value)) {
      json.append(value);
    } else {
      writeText(column, value.toString(), json);
    }
  }

  private static boolean isFinite(Column column, Object value) {
    if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
      throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, value, "holds JSON, which has no");
    }
    return value instanceof Number;
  }

  private static void writeMap(Column column, Map<?, ?> map, StringBuilder json) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    var separator = "";
    json.append('{');
    for (var entry : sorted.entrySet()) {
      json.append(separator);
      writeText(column, entry.getKey(), json);
      json.append(':');
      write(column, entry.getValue(), json);
      separator = ",";
    }
    json.append('}');
  }

  private static void writeArray(Column column, Collection<?> elements, StringBuilder json) {
    var separator = "";
    json.append('[');
    for (var element : elements) {
      json.append(separator);
      write(column, element, json);
      separator = ",";
    }
    json.append(']');
  }

  private static void writeText(Column column, String text, StringBuilder json) {
    json.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0) {
        throw EncodeFailure.TEXT_HAS_NUL.of(column, text, "cannot hold a NUL character");
      }
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
