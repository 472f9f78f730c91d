package dev.millrace.sink.maintain;

import java.util.Locale;

/** What maintenance does to a table, as {@code millrace.maintenance_due} names it. */
public enum Step {
  /** A partition is made; rows of its time leave the default partition. */
  MAKE(true, false),
  /** A partition, or the chunks of its time, is dropped. */
  DROP(false, false),
  /** A partition leaves for the archive; the chunks of its time are copied there. */
  ARCHIVE(false, false),
  DELETE_ROWS(true, true),
  /** Rows past the retention leave the default partition, or the oldest one, for the archive. */
  ARCHIVE_ROWS(true, true),
  /** Rows that a rule of their own lets go. */
  EXPIRE_ROWS(true, true);

  private final boolean countsRows;
  private final boolean inBatches;

  Step(boolean countsRows, boolean inBatches) {
    this.countsRows = countsRows;
    this.inBatches = inBatches;
  }

  static Step named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As the database and the metrics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the rows are counted: those of a whole partition are not, that would read them all. */
  public boolean countsRows() {
    return countsRows;
  }

  /** Whether it takes many transactions, until no row is left. */
  boolean inBatches() {
    return inBatches;
  }
}
