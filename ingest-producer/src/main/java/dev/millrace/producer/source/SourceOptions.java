package dev.millrace.producer.source;

import java.util.Map;
import java.util.Optional;

/**
 * How the columns of an input become fields, beyond their names.
 *
 * @param timeColumn the column that holds the event time, where it is not named like the field
 * @param constants values, as text, for fields of every record; they win over the input
 */
public record SourceOptions(Optional<String> timeColumn, Map<String, String> constants) {

  /** Columns by name, nothing else. */
  public static final SourceOptions NONE = new SourceOptions(Optional.empty(), Map.of());

  public SourceOptions {
    constants = Map.copyOf(constants);
  }
}
