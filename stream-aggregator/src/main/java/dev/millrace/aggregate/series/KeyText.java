package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;

/**
 * Writes a field's value into a key: its length and its text, so that no two different lists of
 * values give the same bytes. The entries of a map are written in the order of their names. A null
 * differs from empty text.
 */
final class KeyText {

  private KeyText() {}

  static void write(Object value, StateWriter out) {
    if (value == null) {
      out.writeUnsigned(0);
    } else if (value instanceof Utf8 text) {
      out.writeUnsigned(text.getByteLength() + 1L);
      out.write(text.getBytes(), 0, text.getByteLength());
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, out);
    } else {
      var text = value.toString().getBytes(StandardCharsets.UTF_8);
      out.writeUnsigned(text.length + 1L);
      out.write(text, 0, text.length);
    }
  }

  private static void writeMap(Map<?, ?> map, StateWriter out) {
    out.writeUnsigned(map.size() + 1L);
    var sorted = new TreeMap<String, Object>();
    map.forEach((name, value) -> sorted.put(name.toString(), value));
    sorted.forEach(
        (name, value) -> {
          write(name, out);
          write(value, out);
        });
  }
}
