package dev.millrace.aggregate.rules;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which series something is said of: those whose fields have these values, as text. The fields are
 * the dimensions and labels of a series, and {@code metric} and {@code topic}.
 */
record Match(Map<String, String> fields) {
  static final String METRIC = "metric";
  static final String TOPIC = "topic";

  Match {
    fields = Map.copyOf(fields);
  }

  /**
   * Reads {@code site_id=7, metric=rx_power}; nothing matches everything.
   *
   * @throws IllegalArgumentException if a part is no pair
   */
  static Match parse(String text) {
    var fields = new TreeMap<String, String>();
    Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .forEach(
            part -> {
              var at = part.indexOf('=');
              if (at < 1) {
                throw new IllegalArgumentException(
                    "'%s' is no field=value, e.g. site_id=7".formatted(part));
              }
              fields.put(part.substring(0, at).strip(), part.substring(at + 1).strip());
            });
    return new Match(fields);
  }

  /**
   * Whether a series is one of them.
   *
   * @param field value of a field, or null
   */
  boolean matches(Function<String, String> field) {
    return fields.entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(field.apply(entry.getKey())));
  }
}
