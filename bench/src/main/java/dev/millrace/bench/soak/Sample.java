package dev.millrace.bench.soak;

import java.util.Locale;

/**
 * What a sink was like at one moment.
 *
 * @param seconds since the first record
 * @param stored rows, from the beginning on
 * @param behind records that are published and not stored
 * @param heapBytes in use after a collection
 * @param residentBytes of the process
 * @param sessions it has at the database
 * @param openFiles files and sockets
 */
record Sample(
    double seconds,
    long stored,
    long behind,
    long heapBytes,
    long residentBytes,
    long sessions,
    long openFiles) {
  private static final double MEGABYTE = 1e6;

  double heapMegabytes() {
    return heapBytes / MEGABYTE;
  }

  double residentMegabytes() {
    return residentBytes / MEGABYTE;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%5.0f s: %,12d rows, %,8d behind, heap %5.1f MB, resident %6.1f MB, %d sessions, %d files",
        seconds,
        stored,
        behind,
        heapMegabytes(),
        residentMegabytes(),
        sessions,
        openFiles);
  }
}
