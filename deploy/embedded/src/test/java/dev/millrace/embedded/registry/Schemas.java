package dev.millrace.embedded.registry;

/** Schemas of one record as it grows. */
final class Schemas {
  static final String ONE = record(field("a", ""));
  static final String OPTIONAL_ADDED = record(field("a", ""), field("b", ", \"default\": 0"));
  static final String REQUIRED_ADDED = record(field("a", ""), field("b", ""));
  static final String FIRST_REMOVED = record(field("b", ", \"default\": 0"));
  static final String B_REQUIRED = record(field("b", ""));

  private Schemas() {}

  private static String field(String name, String rest) {
    return "{\"name\": \"%s\", \"type\": \"int\"%s}".formatted(name, rest);
  }

  private static String record(String... fields) {
    return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [%s]}"
        .formatted(String.join(", ", fields));
  }
}
