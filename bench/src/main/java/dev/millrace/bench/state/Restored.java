package dev.millrace.bench.state;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts what the consumers of this JVM read of changelogs, for its own tasks and for those it
 * stands by for. Made by Kafka's client, by name; asked by any thread.
 */
public final class Restored implements ConsumerInterceptor<byte[], byte[]> {
  private static final LongAdder RECORDS = new LongAdder();
  private static final LongAdder BYTES = new LongAdder();
  private static final AtomicLong FIRST_NANOS = new AtomicLong();

  /** Records so far. */
  static long records() {
    return RECORDS.sum();
  }

  /** Bytes of their keys and values. */
  static long bytes() {
    return BYTES.sum();
  }

  /** When the first came, as {@link System#nanoTime} has it; nonsense before. */
  static long firstNanos() {
    return FIRST_NANOS.get();
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    if (!records.isEmpty()) {
      FIRST_NANOS.compareAndSet(0, System.nanoTime());
      RECORDS.add(records.count());
      records.forEach(
          each -> BYTES.add(each.serializedKeySize() + Math.max(0, each.serializedValueSize())));
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // A changelog is read without a group.
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
