package dev.millrace.producer.validate;

import java.time.Instant;

/** Reads timestamp-micros values, as generated records hold them and as generic ones do. */
public final class EventTime {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

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
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
          time.getNano() / NANOS_PER_MICRO);
    } catch (ArithmeticException tooFar) {
      throw Violation.outOfRange(field, value, "beyond the range of microseconds");
    }
  }
}
