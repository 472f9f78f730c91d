package dev.millrace.producer;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BATCH_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG;

import dev.millrace.failure.MillraceException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka client's properties: what the configuration says, overridden by what the caller passes
 * through, except what the publisher's promise rests on. An override that would weaken the promise
 * is refused, not ignored.
 */
final class ProducerProperties {
  private static final String DEFAULT_CLIENT_ID = "millrace-publisher";
  private static final long LONGEST_REQUEST_MS = 30_000;

  /** The values that keep the promise, beside the ones the publisher sets. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          ENABLE_IDEMPOTENCE_CONFIG,
          Set.of("true"),
          ACKS_CONFIG,
          Set.of("all", "-1"),
          "partitioner.ignore.keys",
          Set.of("false"));

  /** Properties the publisher's own work rests on; no value of the caller's would keep it. */
  private static final Set<String> FORBIDDEN =
      Set.of("transactional.id", "key.serializer", "value.serializer", "partitioner.class");

  private ProducerProperties() {}

  /**
   * Merges configuration and overrides.
   *
   * @throws MillraceException {@link PublishFailure#GUARANTEE_WEAKENED} or {@link
   *     PublishFailure#INVALID_KAFKA_PROPERTY}
   */
  static Map<String, Object> of(PublisherConfig config, Map<String, String> overrides) {
    requireAddress(overrides);
    overrides.forEach(ProducerProperties::requireUnweakened);
    var properties = defaults(config);
    properties.putAll(overrides);
    properties.put(ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ACKS_CONFIG, "all");
    properties.put(KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  static String address(Map<String, String> overrides) {
    return overrides.getOrDefault(BOOTSTRAP_SERVERS_CONFIG, "").strip();
  }

  private static Map<String, Object> defaults(PublisherConfig config) {
    var properties = new HashMap<String, Object>();
    properties.put(CLIENT_ID_CONFIG, DEFAULT_CLIENT_ID);
    properties.put(LINGER_MS_CONFIG, text(config.linger().toMillis()));
    properties.put(BATCH_SIZE_CONFIG, text(config.batchBytes()));
    properties.put(BUFFER_MEMORY_CONFIG, text(config.bufferBytes()));
    properties.put(COMPRESSION_TYPE_CONFIG, config.compression());
    properties.put(MAX_BLOCK_MS_CONFIG, text(config.maxBlock().toMillis()));
    properties.putAll(delivery(config));
    return properties;
  }

  /** Kafka wants delivery to take no less than linger and one request. */
  private static Map<String, Object> delivery(PublisherConfig config) {
    var delivery = config.deliveryTimeout().toMillis();
    var request = Math.min(LONGEST_REQUEST_MS, Math.max(1, delivery - config.linger().toMillis()));
    var properties = new LinkedHashMap<String, Object>();
    properties.put(DELIVERY_TIMEOUT_MS_CONFIG, text(delivery));
    properties.put(REQUEST_TIMEOUT_MS_CONFIG, text(request));
    return properties;
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  private static void requireAddress(Map<String, String> overrides) {
    if (address(overrides).isEmpty()) {
      throw new MillraceException(
          PublishFailure.INVALID_KAFKA_PROPERTY,
          "no broker address: give --bootstrap-server host:port (bootstrap.servers)");
    }
  }

  private static void requireUnweakened(String name, String value) {
    if (FORBIDDEN.contains(name)) {
      throw new MillraceException(
          PublishFailure.GUARANTEE_WEAKENED,
          "Kafka property %s cannot be set: the publisher sets it itself; remove it"
              .formatted(name));
    }
    var allowed = ALLOWED.get(name);
    if (allowed != null && !allowed.contains(value.strip())) {
      throw new MillraceException(
          PublishFailure.GUARANTEE_WEAKENED,
          "Kafka property %s=%s would weaken what is promised for every record; remove it, only %s is accepted"
              .formatted(name, value, String.join(" or ", allowed.stream().sorted().toList())));
    }
  }
}
