package dev.millrace.bench.detect;

import dev.millrace.schema.insight.AnomalyType;

/**
 * An anomaly that was put in.
 *
 * @param begin number of its first window
 * @param end that of the first window behind it
 * @param height above what would be, or below if negative
 */
record Label(AnomalyType type, int begin, int end, double height) {
  /** Of a trend, the share of its time in which it grows. */
  private static final double GROWS = 0.8;

  /** What a value is with it. */
  double apply(int window, double value, double last) {
    return switch (type) {
      case spike, drop, level_change -> value + height;
      case oscillation -> value + ((window - begin) % 2 == 0 ? height : -height);
      case trend -> value + height * Math.min(1, (window - begin) / (GROWS * (end - begin)));
      case flatline -> last;
      case missing -> Double.NaN;
    };
  }

  /** Whether it is there in a window; a level stays. */
  boolean covers(int window) {
    return window >= begin && (window < end || type == AnomalyType.level_change);
  }
}
