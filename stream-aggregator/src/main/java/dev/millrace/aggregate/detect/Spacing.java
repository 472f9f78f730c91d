package dev.millrace.aggregate.detect;

import java.util.Arrays;

/**
 * How far apart the values of a series usually are, by the latest {@value #LATEST} distances. A gap
 * is {@value #SEVERAL} times as long as what nine of ten of them are within: of a series at a
 * steady pace, when more than three values are missing; of one at random moments, about once in ten
 * thousand values. Times are microseconds. Not for use by several threads.
 */
final class Spacing {
  private static final int LATEST = 31;
  private static final int NINE_OF_TEN = 28;
  private static final int SEVERAL = 4;

  /** With fewer distances known, nothing is a gap. */
  private static final int ENOUGH = 8;

  private final long[] latest = new long[LATEST];
  private int known;
  private int next;
  private long usual;
  private long within;

  void add(long distance) {
    var changes = known < LATEST || latest[next] != distance;
    latest[next] = distance;
    next = next + 1 == LATEST ? 0 : next + 1;
    known = Math.min(LATEST, known + 1);
    if (changes) {
      var sorted = Arrays.copyOf(latest, known);
      Arrays.sort(sorted);
      usual = sorted[known / 2];
      within = sorted[(known - 1) * NINE_OF_TEN / LATEST];
    }
  }

  /** The median; 0 while there is none. */
  long usual() {
    return usual;
  }

  /** Whether values so far apart leave a gap between them. */
  boolean isGap(long distance) {
    return known >= ENOUGH && distance / SEVERAL > within;
  }
}
