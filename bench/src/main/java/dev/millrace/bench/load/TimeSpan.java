package dev.millrace.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record TimeSpan(Instant from, Instant until) {

  public TimeSpan {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("no time between " + from + " and " + until);
    }
  }

  /** The stretch of that length that ends at {@code until}. */
  public static TimeSpan before(Instant until, Duration length) {
    return new TimeSpan(until.minus(length), until);
  }

  /** Microseconds since 1970 at which it begins. */
  long fromMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  long micros() {
    return ChronoUnit.MICROS.between(from, until);
  }
}
