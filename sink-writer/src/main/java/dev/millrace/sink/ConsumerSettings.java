package dev.millrace.sink;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * The consumer's settings: the sink's own defaults, over them what the operator passes through, and
 * over that what exactly-once rests upon and no one may change.
 */
final class ConsumerSettings {
  /**
   * What one poll brings is small enough to be still in the processor's caches when it is looked at
   * next; more polls cost next to nothing.
   */
  private static final int POLL_RECORDS = 1_000;

  private static final int PARTITION_FETCH_BYTES = 1 << 20;
  private static final String NEW_PROTOCOL = "consumer";

  private ConsumerSettings() {}

  static Map<String, Object> of(SinkConfig config, Map<String, String> kafkaProperties) {
    var settings = new HashMap<String, Object>();
    settings.put(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(POLL_RECORDS, config.batchRows()));
    settings.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        Math.min(PARTITION_FETCH_BYTES, config.batchBytes()));
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes(config));
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    if (!NEW_PROTOCOL.equalsIgnoreCase(kafkaProperties.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
      settings.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
    }
    kafkaProperties.forEach(
        (name, value) -> {
          if (ConsumerConfig.configNames().contains(name)) {
            settings.put(name, value);
          }
        });
    settings.putAll(fixed(config));
    return settings;
  }

  /** What the client fetches ahead comes on top of the buffers, and should not dwarf them. */
  private static int fetchBytes(SinkConfig config) {
    return (int) Math.min(ConsumerConfig.DEFAULT_FETCH_MAX_BYTES, config.bufferBytes());
  }

  private static Map<String, Object> fixed(SinkConfig config) {
    var fixed = new HashMap<String, Object>();
    fixed.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    config.instance().ifPresent(id -> fixed.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    fixed.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) config.maxPollInterval().toMillis());
    fixed.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    fixed.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // The place to read from is in the database. Kafka's idea of it must never be used.
    fixed.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return fixed;
  }
}
