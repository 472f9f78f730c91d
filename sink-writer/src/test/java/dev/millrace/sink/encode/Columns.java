package dev.millrace.sink.encode;

import java.util.List;

/** Columns to test with. */
final class Columns {
  private static final int HEADER = 4;

  private Columns() {}

  static Column of(String type) {
    return new Column("test.values", "v", type, -1, false, List.of());
  }

  static Column named(String name, String type) {
    return new Column("test.values", name, type, -1, false, List.of());
  }

  static Column varchar(int characters) {
    return new Column("test.values", "v", "varchar", characters + HEADER, false, List.of());
  }

  static Column numeric(int precision, int scale) {
    var modifier = (precision << 16 | (scale & 0x7ff)) + HEADER;
    return new Column("test.values", "v", "numeric", modifier, false, List.of());
  }

  static Column enumeration(String... labels) {
    return new Column("test.values", "v", "mood", -1, false, List.of(labels));
  }
}
