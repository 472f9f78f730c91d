package dev.millrace.bench.sink;

/**
 * What a sink did from its first poll to its last commit.
 *
 * @param rows stored
 * @param batches committed
 * @param seconds between the two
 * @param cpuSeconds of the JVM between the two
 */
record SinkRun(long rows, long batches, double seconds, double cpuSeconds) {

  String toLine() {
    return "%d %d %s %s".formatted(rows, batches, seconds, cpuSeconds);
  }

  static SinkRun parse(String line) {
    var parts = line.split(" ", -1);
    return new SinkRun(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Double.parseDouble(parts[2]),
        Double.parseDouble(parts[3]));
  }
}
