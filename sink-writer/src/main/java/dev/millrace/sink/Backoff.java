package dev.millrace.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses: doubled with each attempt up to a limit, then shortened by up to half at random,
 * so that many writers do not come back at the same moment.
 *
 * @param first pause after the first attempt, before it is shortened
 * @param longest no pause is longer
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 20;

  /** Milliseconds to wait after {@code attempts} (1 or more) that failed. */
  long millis(int attempts) {
    var doubled = first.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
    var full = Math.min(doubled, longest.toMillis());
    return Math.max(1, full - (long) (random.nextDouble() * full / 2));
  }
}
