package dev.millrace.bench.sink;

/** When the broker took each record: milliseconds since 1970, by partition and offset. */
final class AppendTimes {
  private final long[][] millis;

  AppendTimes(int partitions, int records) {
    millis = new long[partitions][records];
  }

  /** For the producer's thread. */
  void note(int partition, long offset, long timestamp) {
    millis[partition][(int) offset] = timestamp;
  }

  /** Once all records are acknowledged. */
  long millis(int partition, int offset) {
    return millis[partition][offset];
  }
}
