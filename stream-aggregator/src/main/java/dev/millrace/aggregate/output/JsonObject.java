package dev.millrace.aggregate.output;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds the text of one JSON object, its fields in the order they are put. A NUL, which PostgreSQL
 * takes in no text, becomes U+FFFD; a number that is not finite, null. Not for use by several
 * threads.
 */
final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  /** The entries of a map in the order of their names, so that equal maps have equal texts. */
  static String of(Map<?, ?> map) {
    var sorted = new TreeMap<String, String>();
    map.forEach((name, value) -> sorted.put(name.toString(), String.valueOf(value)));
    var object = new JsonObject();
    sorted.forEach(object::put);
    return object.toString();
  }

  JsonObject put(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  JsonObject put(String name, double value) {
    return putJson(name, Double.isFinite(value) ? Double.toString(value) : "null");
  }

  JsonObject put(String name, long value) {
    return putJson(name, Long.toString(value));
  }

  JsonObject put(String name, boolean value) {
    return putJson(name, Boolean.toString(value));
  }

  /** Puts what is JSON already. */
  JsonObject putJson(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == 0) {
        text.append('\uFFFD');
      } else if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
