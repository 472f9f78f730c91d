package dev.millrace.aggregate.group;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How near to each other incidents begin that belong together, in microseconds of event time.
 *
 * @param gapMicros a group takes what begins within that of what it has
 * @param longestMicros and is never longer than that
 * @param atOnceMicros what begins within that of its first incident may be its root
 */
public record GroupConfig(long gapMicros, long longestMicros, long atOnceMicros) {
  /** Where something begins all the time, the gap alone would never end a group. */
  private static final int GAPS = 15;

  /** Pollers ask each in its own phase; which of them was the first to see it says little. */
  private static final int AT_ONCE = 4;

  /** All by the gap. */
  public static GroupConfig of(Duration gap) {
    var micros = TimeUnit.MILLISECONDS.toMicros(gap.toMillis());
    return new GroupConfig(micros, GAPS * micros, micros / AT_ONCE);
  }
}
