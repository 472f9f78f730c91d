package dev.millrace.producer.validate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which event times are believed.
 *
 * @param ahead how far after now an event time may lie: clocks differ, but a record from next week
 *     is a mistake
 * @param age how far before now; zero for no limit, so that history can be published
 */
public record TimeBounds(Duration ahead, Duration age) {

  /** Nothing this pipeline measures is older: times before come of a wrong unit. */
  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final long EARLIEST_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, EARLIEST);

  public TimeBounds {
    if (ahead.isNegative() || age.isNegative()) {
      throw new IllegalArgumentException("negative bounds: ahead " + ahead + ", age " + age);
    }
  }

  void check(String field, long micros, long nowMillis) {
    if (micros < EARLIEST_MICROS) {
      throw refused(field, micros, "before 2000-01-01; is it in the right unit?");
    }
    if (micros > (nowMillis + ahead.toMillis()) * 1_000) {
      throw refused(
          field,
          micros,
          "more than %s ahead of now (%s); check the clock, or raise publisher.max_ahead_ms"
              .formatted(ahead, Instant.ofEpochMilli(nowMillis)));
    }
    if (!age.isZero() && micros < (nowMillis - age.toMillis()) * 1_000) {
      throw refused(
          field, micros, "more than %s old; publisher.max_age_ms is the limit".formatted(age));
    }
  }

  private static RuntimeException refused(String field, long micros, String why) {
    return Violation.outOfRange(field, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), why);
  }
}
