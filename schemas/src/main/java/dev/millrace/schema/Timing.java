package dev.millrace.schema;

import java.time.Duration;

/**
 * When the windows of a series close.
 *
 * @param grace how long after its end, in the series' own event time, a window waits for stragglers
 *     before it is published
 * @param lateness how long after its end a window still takes late samples, each giving a revision;
 *     later ones go to the late topic
 * @param idle after how much silence, measured from the arrival of the latest sample, all open
 *     windows of the series are published
 * @param ahead how far ahead of the wall clock an event time may be; beyond it the sample is
 *     refused
 */
public record Timing(Duration grace, Duration lateness, Duration idle, Duration ahead) {

  /** For sources that report every few seconds. */
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));

  public Timing {
    requireNotNegative("grace", grace);
    requireNotNegative("lateness", lateness);
    requireNotNegative("idle", idle);
    requireNotNegative("ahead", ahead);
    if (lateness.compareTo(grace) < 0) {
      throw new IllegalArgumentException(
          "lateness " + lateness + " is shorter than grace " + grace + ": no window could be late");
    }
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is negative: " + value);
    }
  }
}
