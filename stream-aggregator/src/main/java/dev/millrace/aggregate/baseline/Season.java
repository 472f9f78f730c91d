package dev.millrace.aggregate.baseline;

/**
 * The time of the week a baseline goes by: the local time of a place, on a holiday that of another
 * day.
 */
@FunctionalInterface
public interface Season {
  Season UTC = micros -> micros;

  /**
   * The local time of an event time.
   *
   * @param micros since the epoch
   * @return microseconds since 1 January 1970 by the clock and the calendar of the place
   */
  long local(long micros);
}
