package dev.millrace.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of one partition that are read and not yet stored, in the order of their offsets. Guarded
 * by its {@link Lane}.
 *
 * <p>What is asked of a record to make a batch is noted when it comes, by the thread that has just
 * made it: to look at thousands of records again is to fetch each from memory again.
 */
final class Pending {
  private static final int INITIAL_RECORDS = 256;

  private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

  /** Bytes of each record, in a ring. */
  private int[] sizes = new int[INITIAL_RECORDS];

  private int first;
  private long bytes;
  private long oldestMillis;

  void add(List<ConsumerRecord<byte[], byte[]>> more, long nowMillis) {
    if (records.isEmpty()) {
      oldestMillis = nowMillis;
    }
    for (var record : more) {
      var size = BatchLimits.bytesOf(record);
      note(size);
      records.add(record);
      bytes += size;
    }
  }

  private void note(int size) {
    var count = records.size();
    if (count == sizes.length) {
      var larger = new int[2 * count];
      for (var i = 0; i < count; i++) {
        larger[i] = size(i);
      }
      sizes = larger;
      first = 0;
    }
    sizes[(first + count) % sizes.length] = size;
  }

  private int size(int record) {
    return sizes[(first + record) % sizes.length];
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

  /** The oldest records, which stay here until they are stored. */
  List<ConsumerRecord<byte[], byte[]>> nextBatch(BatchLimits limits) {
    var count = countOfBatch(limits);
    var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>(count);
    var oldest = records.iterator();
    for (var i = 0; i < count; i++) {
      batch.add(oldest.next());
    }
    return batch;
  }

  private int countOfBatch(BatchLimits limits) {
    var most = Math.min(limits.rows(), records.size());
    var total = 0L;
    for (var i = 0; i < most; i++) {
      total += size(i);
      if (i > 0 && total > limits.bytes()) {
        return i;
      }
    }
    return most;
  }

  void remove(List<ConsumerRecord<byte[], byte[]>> batch) {
    for (var i = 0; i < batch.size(); i++) {
      bytes -= size(0);
      first = (first + 1) % sizes.length;
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
