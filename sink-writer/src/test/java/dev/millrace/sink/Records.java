package dev.millrace.sink;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer returns them, of one byte or of none; they came at 1,000 + offset ms. */
final class Records {
  private Records() {}

  static ConsumerRecord<byte[], byte[]> of(String topic, int partition, long offset) {
    return record(topic, partition, offset, new byte[1]);
  }

  static ConsumerRecord<byte[], byte[]> withoutValue(String topic, int partition, long offset) {
    return record(topic, partition, offset, null);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, int partition, long offset, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        1_000 + offset,
        TimestampType.LOG_APPEND_TIME,
        -1,
        value == null ? -1 : value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
