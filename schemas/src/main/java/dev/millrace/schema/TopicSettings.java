package dev.millrace.schema;

import java.time.Duration;
import java.util.LinkedHashMap;
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

  /**
   * The topic's configuration in Kafka's own names. Brokers stamp records with the time they
   * arrive: retention then counts from there, and history published today is not deleted today.
   * When it happened is in the record.
   */
  public Map<String, String> config() {
    var config = new LinkedHashMap<String, String>();
    config.put("message.timestamp.type", "LogAppendTime");
    config.put("cleanup.policy", retention.isPresent() ? "delete" : "compact");
    retention.ifPresent(time -> config.put("retention.ms", Long.toString(time.toMillis())));
    return config;
  }
}
