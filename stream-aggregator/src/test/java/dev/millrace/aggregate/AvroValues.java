package dev.millrace.aggregate;

import java.util.Map;
import java.util.TreeMap;

/** Values of generic records, made comparable. */
public final class AvroValues {

  private AvroValues() {}

  /** A value as text, be its text of Avro's class or Java's. */
  public static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      var sorted = new TreeMap<String, String>();
      map.forEach((name, each) -> sorted.put(name.toString(), text(each)));
      return sorted.toString();
    }
    return String.valueOf(value);
  }
}
