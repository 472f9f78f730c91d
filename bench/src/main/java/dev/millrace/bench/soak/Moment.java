package dev.millrace.bench.soak;

import java.util.Locale;

/**
 * What any process was like at one moment.
 *
 * @param seconds since the first record
 * @param done records, from the beginning on
 * @param behind records that are published and not done
 * @param footprint of the process
 */
record Moment(double seconds, long done, long behind, Footprint footprint) {

  /** In words. */
  String text(String records) {
    return String.format(
        Locale.ROOT,
        "%5.0f s: %,12d %s, %,8d behind, heap %5.1f MB, resident %6.1f MB",
        seconds,
        done,
        records,
        behind,
        footprint.heapMegabytes(),
        footprint.residentMegabytes());
  }
}
