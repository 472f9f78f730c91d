package dev.millrace.aggregate.detect;

import java.util.Arrays;

/**
 * How far apart the values of a series usually are, by the latest {@value #LATEST} distances. A gap
 * is longer than {@value #SEVERAL} times what nine of ten of them are within: in a series at a
 * steady pace more than three values are missing; in one at random moments it takes what happens
 * about twice in ten thousand values. Times are microseconds. Not for use by several threads.
 */
final class Spacing {
  private static final int LATEST = 99;
  private static final int SEVERAL = 4;

  /** With fewer distances known, nothing is a gap. */
  private static final int ENOUGH = 8;

  private final long[] latest = new long[LATEST];
  private final long[] sorted = new long[LATEST];
  private int known;
  private int next;

  void add(long distance) {
    if (known == LATEST) {
      remove(latest[next]);
    }
    insert(distance);
    latest[next] = distance;
    next = next + 1 == LATEST ? 0 : next + 1;
  }

  private void remove(long distance) {
    var place = Arrays.binarySearch(sorted, 0, known, distance);
    known--;
    System.arraycopy(sorted, place + 1, sorted, place, known - place);
  }

  private void insert(long distance) {
    var found = Arrays.binarySearch(sorted, 0, known, distance);
    var place = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, place, sorted, place + 1, known - place);
    sorted[place] = distance;
    known++;
  }

  /** The median; 0 while there is none. */
  long usual() {
    return known == 0 ? 0 : sorted[known / 2];
  }

  /** Whether values so far apart leave a gap between them. */
  boolean isGap(long distance) {
    return known >= ENOUGH && distance / SEVERAL > sorted[(known - 1) * 9 / 10];
  }
}
