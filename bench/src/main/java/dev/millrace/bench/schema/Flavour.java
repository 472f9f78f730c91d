package dev.millrace.bench.schema;

import java.util.Locale;

/** What partitions the tables. */
enum Flavour {
  POSTGRESQL,
  TIMESCALEDB;

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
