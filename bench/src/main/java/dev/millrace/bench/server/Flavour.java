package dev.millrace.bench.server;

import java.util.Locale;

/** What partitions the tables. */
public enum Flavour {
  POSTGRESQL,
  TIMESCALEDB;

  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
