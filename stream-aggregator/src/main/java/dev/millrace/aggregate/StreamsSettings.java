package dev.millrace.aggregate;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The Kafka Streams configuration: defaults of ours, over them what the user passed through, over
 * that what must not be otherwise.
 */
final class StreamsSettings {
  private static final String LINGER_MS = "20";
  private static final String BATCH_BYTES = Integer.toString(128 << 10);

  /** A process that was killed is noticed, and its partitions taken over, after this. */
  private static final String SESSION_TIMEOUT_MS = "10000";

  private static final String HEARTBEAT_MS = "3000";

  private StreamsSettings() {}

  static Properties of(
      String applicationId, AggregatorConfig config, Map<String, String> kafkaProperties) {
    var properties = new Properties();
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailTask.class);
    config.stateDirectory().ifPresent(dir -> properties.put(StreamsConfig.STATE_DIR_CONFIG, dir));
    producer(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer(properties, ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    producer(properties, ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    properties.putAll(kafkaProperties);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return properties;
  }

  private static void producer(Properties properties, String key, String value) {
    properties.put(StreamsConfig.producerPrefix(key), value);
  }

  private static void consumer(Properties properties, String key, String value) {
    properties.put(StreamsConfig.mainConsumerPrefix(key), value);
  }
}
