package dev.millrace.sink;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How large a batch may be, and how long its oldest record may wait for others.
 *
 * @param rows most records
 * @param bytes most bytes of records; a single larger record is a batch of its own
 * @param ageMillis longest wait
 */
record BatchLimits(int rows, long bytes, long ageMillis) {
  /** About what the client's own objects for a record take beside its key and value. */
  private static final int OVERHEAD_BYTES = 128;

  static BatchLimits of(SinkConfig config) {
    return new BatchLimits(config.batchRows(), config.batchBytes(), config.batchAge().toMillis());
  }

  /** What a record takes in memory. */
  static int bytesOf(ConsumerRecord<byte[], byte[]> record) {
    return OVERHEAD_BYTES
        + Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize());
  }

  boolean areReached(int records, long recordBytes) {
    return records >= rows || recordBytes >= bytes;
  }
}
