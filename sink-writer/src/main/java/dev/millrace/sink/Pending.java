package dev.millrace.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of one partition that are read and not yet stored, in the order of their offsets. Guarded
 * by its {@link Lane}.
 */
final class Pending {
  private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
  private long bytes;
  private long oldestMillis;

  void add(List<ConsumerRecord<byte[], byte[]>> more, long nowMillis) {
    if (records.isEmpty()) {
      oldestMillis = nowMillis;
    }
    records.addAll(more);
    for (var record : more) {
      bytes += BatchLimits.bytesOf(record);
    }
  }

  int size() {
    return records.size();
  }

  long bytes() {
    return bytes;
  }

  /** Whether a batch is full, or its oldest record has waited long enough. */
  boolean isDue(long nowMillis, BatchLimits limits) {
    return !records.isEmpty()
        && (limits.areReached(records.size(), bytes)
            || nowMillis - oldestMillis >= limits.ageMillis());
  }

  /** Whether two batches wait already: one to write, and one to follow at once. */
  boolean isEnough(BatchLimits limits) {
    return limits.areReached(records.size() / 2, bytes / 2);
  }

  /**
   * The oldest records, which stay here until they are stored: with values all of them, or none.
   */
  List<ConsumerRecord<byte[], byte[]>> nextBatch(BatchLimits limits) {
    var most = Math.min(limits.rows(), records.size());
    var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>(most);
    var size = 0L;
    for (var record : records) {
      size += BatchLimits.bytesOf(record);
      if (!batch.isEmpty() && !fits(record, batch, size, limits)) {
        break;
      }
      batch.add(record);
    }
    return batch;
  }

  private static boolean fits(
      ConsumerRecord<byte[], byte[]> record,
      List<ConsumerRecord<byte[], byte[]>> batch,
      long size,
      BatchLimits limits) {
    var sameKind = (record.value() == null) == (batch.get(0).value() == null);
    return sameKind && batch.size() < limits.rows() && size <= limits.bytes();
  }

  void remove(List<ConsumerRecord<byte[], byte[]>> batch) {
    for (var record : batch) {
      bytes -= BatchLimits.bytesOf(record);
      records.removeFirst();
    }
  }

  /** Forgets all; answers how many that were. */
  int clear() {
    var given = records.size();
    records.clear();
    bytes = 0;
    return given;
  }

  /** When the oldest one came to the topic; {@code otherwise} if there is none. */
  long oldestTimestamp(long otherwise) {
    return records.isEmpty() ? otherwise : records.getFirst().timestamp();
  }
}
