package dev.millrace.aggregate;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How far the state is read back from its changelogs, after a start or a move. Called by Kafka
 * Streams' threads; asked by any.
 */
final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Part> parts = new ConcurrentHashMap<>();

  /** Records of one partition of a changelog. */
  private record Part(long total, long read) {}

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    parts.put(partition, new Part(to - from, 0));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
    parts.computeIfPresent(
        partition, (same, part) -> new Part(part.total(), part.read() + records));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long records) {
    parts.remove(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long records) {
    parts.remove(partition);
  }

  /** Records that are still to be read. */
  long remaining() {
    return parts.values().stream().mapToLong(part -> Math.max(0, part.total() - part.read())).sum();
  }

  /** In words, while there is anything to read. */
  Optional<String> words() {
    var total = parts.values().stream().mapToLong(Part::total).sum();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("restoring: %,d of %,d records to read".formatted(remaining(), total));
  }
}
