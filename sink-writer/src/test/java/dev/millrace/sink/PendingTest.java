package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PendingTest {
  private static final BatchLimits LIMITS = new BatchLimits(700, 200_000, 50);

  private final Pending pending = new Pending();
  private long next;

  /** Through every place of the ring, while it grows and is emptied, beside a plain queue. */
  @Test
  void handsOutWhatCameInBatchesAndKnowsTheirBytes() {
    var random = new SplittableRandom(4);
    var queue = new ArrayDeque<ConsumerRecord<byte[], byte[]>>();
    for (var round = 0; round < 300; round++) {
      var more = records(random.nextInt(400), random);
      pending.add(more, 0);
      queue.addAll(more);
      if (!queue.isEmpty() && random.nextInt(4) > 0) {
        var expected = batchOf(queue);
        assertThat(pending.nextBatch(LIMITS)).isEqualTo(expected);
        pending.remove(expected);
        expected.forEach(each -> queue.removeFirst());
      }
      assertThat(pending.size()).isEqualTo(queue.size());
      assertThat(pending.bytes()).isEqualTo(bytes(List.copyOf(queue)));
    }
    assertThat(pending.clear()).isEqualTo(queue.size());
    assertThat(pending.bytes()).isZero();
  }

  private static List<ConsumerRecord<byte[], byte[]>> batchOf(
      ArrayDeque<ConsumerRecord<byte[], byte[]>> queue) {
    var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (var record : queue) {
      batch.add(record);
      if (batch.size() > 1 && bytes(batch) > LIMITS.bytes()) {
        return batch.subList(0, batch.size() - 1);
      }
      if (batch.size() == LIMITS.rows()) {
        return batch;
      }
    }
    return batch;
  }

  private static long bytes(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().mapToLong(BatchLimits::bytesOf).sum();
  }

  private List<ConsumerRecord<byte[], byte[]>> records(int count, SplittableRandom random) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (var i = 0; i < count; i++) {
      var value = random.nextInt(200) == 0 ? null : new byte[random.nextInt(500)];
      var valueBytes = value == null ? -1 : value.length;
      records.add(
          new ConsumerRecord<>(
              "t",
              0,
              next++,
              0,
              TimestampType.CREATE_TIME,
              3,
              valueBytes,
              new byte[3],
              value,
              new RecordHeaders(),
              Optional.empty()));
    }
    return records;
  }
}
