package dev.millrace.sink;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer returns them, of one byte; they came at 1,000 + offset ms. */
final class Records {
  private Records() {}

  static ConsumerRecord<byte[], byte[]> of(String topic, int partition, long offset) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        1_000 + offset,
        TimestampType.LOG_APPEND_TIME,
        -1,
        1,
        null,
        new byte[1],
        new RecordHeaders(),
        Optional.empty());
  }
}
