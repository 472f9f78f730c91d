package dev.millrace.producer.validate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads timestamp-micros values, as generated records hold them and as generic ones do. */
public final class EventTime {

  private EventTime() {}

  /**
   * Microseconds since the epoch, from an {@link Instant} or a {@link Long}.
   *
   * @throws dev.millrace.failure.MillraceException if {@code value} is neither, or is further from
   *     the epoch than microseconds can say
   */
  public static long micros(String field, Object value) {
    if (value instanceof Long micros) {
      return micros;
    }
    if (value == null) {
      throw Violation.required(field);
    }
    if (!(value instanceof Instant time)) {
      throw Violation.wrongClass(field, "a time", value);
    }
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException tooFar) {
      throw Violation.outOfRange(field, value, "beyond the range of microseconds");
    }
  }
}
