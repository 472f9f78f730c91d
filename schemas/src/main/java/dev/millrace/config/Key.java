package dev.millrace.config;

import java.util.Locale;
import java.util.Objects;

/**
 * One configuration key: its name (dotted, lower case, with the unit at its end where it has one),
 * its default and what it means. Each component lists its own.
 *
 * @param name e.g. {@code sink.batch_rows}
 * @param defaultValue as it would be written in a file; null where the key must be given or has no
 *     default
 * @param doc one line for people
 */
public record Key(String name, String defaultValue, String doc) {
  private static final String ENVIRONMENT_PREFIX = "MILLRACE_";

  public Key {
    Objects.requireNonNull(name);
    Objects.requireNonNull(doc);
  }

  /** The environment variable that sets the key, e.g. {@code MILLRACE_SINK_BATCH_ROWS}. */
  public String environmentName() {
    return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
