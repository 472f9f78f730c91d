package dev.millrace.sink.write;

/**
 * Where a record was read from, and so which one it is.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset
 */
public record Origin(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return "%s-%d@%d".formatted(topic, partition, offset);
  }
}
