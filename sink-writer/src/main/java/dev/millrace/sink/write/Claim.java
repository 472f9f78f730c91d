package dev.millrace.sink.write;

/**
 * A writer's right to a partition, as the database knows it.
 *
 * @param topic the topic
 * @param partition the partition
 * @param epoch raised by every claim; only the latest may commit
 * @param nextOffset the first offset that is not yet stored; 0 where none is
 */
public record Claim(String topic, int partition, long epoch, long nextOffset) {

  Claim at(long offset) {
    return new Claim(topic, partition, epoch, offset);
  }

  @Override
  public String toString() {
    return "%s-%d@%d (epoch %d)".formatted(topic, partition, nextOffset, epoch);
  }
}
