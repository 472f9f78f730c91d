package dev.millrace.bench.aggregate;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes the time at which a consumer of this JVM gets its first records: the same for every side,
 * whatever it does before. Made by Kafka's client, by name.
 */
public final class FirstRecord implements ConsumerInterceptor<byte[], byte[]> {
  private static final long NONE = Long.MIN_VALUE;

  private static volatile long nanos = NONE;

  /** For the next run. */
  static void forget() {
    nanos = NONE;
  }

  /** As {@link System#nanoTime} has it; empty before the first. */
  static OptionalLong nanos() {
    return nanos == NONE ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    if (nanos == NONE && !records.isEmpty()) {
      nanos = System.nanoTime();
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // The broker is asked.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to set.
  }
}
