package dev.millrace.bench.soak;

/**
 * What a JVM takes of its machine.
 *
 * @param heapBytes in use after a collection
 * @param residentBytes of the process
 * @param offHeapBytes direct buffers, classes and compiled code
 * @param openFiles files and sockets
 */
record Footprint(long heapBytes, long residentBytes, long offHeapBytes, long openFiles) {
  private static final double MEGABYTE = 1e6;

  double heapMegabytes() {
    return heapBytes / MEGABYTE;
  }

  double residentMegabytes() {
    return residentBytes / MEGABYTE;
  }

  double offHeapMegabytes() {
    return offHeapBytes / MEGABYTE;
  }
}
