package dev.millrace.aggregate.anomaly;

/** Which deviations matter. */
public enum Direction {
  BOTH,
  /** Above what is expected. */
  UP,
  /** Below what is expected. */
  DOWN;

  boolean matters(double deviation) {
    return switch (this) {
      case BOTH -> true;
      case UP -> deviation > 0;
      case DOWN -> deviation < 0;
    };
  }
}
