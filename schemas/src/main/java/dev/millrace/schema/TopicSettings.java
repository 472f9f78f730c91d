package dev.millrace.schema;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a topic is created.
 *
 * @param partitions number of partitions
 * @param retention how long records are kept; empty for a compacted topic, which keeps the latest
 *     of every key
 */
public record TopicSettings(int partitions, Optional<Duration> retention) {

  public TopicSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1, not " + partitions);
    }
  }

  public static TopicSettings keep(int partitions, Duration retention) {
    return new TopicSettings(partitions, Optional.of(retention));
  }

  public static TopicSettings compacted(int partitions) {
    return new TopicSettings(partitions, Optional.empty());
  }

  /** The topic's configuration in Kafka's own names. */
  public Map<String, String> config() {
    return retention
        .map(time -> Map.of("cleanup.policy", "delete", "retention.ms", "" + time.toMillis()))
        .orElse(Map.of("cleanup.policy", "compact"));
  }
}
