package dev.millrace.aggregate.enrich;

/**
 * How much a counter has counted between two readings, where it may have passed its largest number
 * (32 or 64 bits, unsigned, as SNMP's Counter32 and Counter64 are) or have begun anew, as after a
 * reboot. The two look alike: the counter is lower than before. It is taken to have wrapped where
 * that means no more counts than were possible, else to have begun anew.
 */
final class CounterDelta {
  /** What was counted is not known. */
  static final long RESET = -1;

  private static final long RANGE_32 = 1L << 32;

  private CounterDelta() {}

  /**
   * The counts between two readings.
   *
   * @param before the earlier reading, unsigned
   * @param after the later one
   * @param most counts that are possible in that time; infinite if that is not known: then a
   *     counter wraps by less than half its range
   * @return at least 0, or {@link #RESET}: it began anew, or shows more than is possible
   */
  static long between(long before, long after, double most) {
    if (Long.compareUnsigned(after, before) >= 0) {
      return possible(after - before, most);
    }
    if (Long.compareUnsigned(before, RANGE_32) < 0) {
      return possible(after + RANGE_32 - before, Math.min(most, RANGE_32 / 2.0));
    }
    return possible(after - before, most);
  }

  /** Counts of 2^63 and more are negative, and never possible. */
  private static long possible(long counts, double most) {
    return counts >= 0 && counts <= most ? counts : RESET;
  }
}
