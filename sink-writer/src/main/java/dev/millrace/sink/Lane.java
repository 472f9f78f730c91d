package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.sink.write.Claim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One assigned partition: its claim, the records that are read and not yet stored, and when to try
 * again after a failure. A lane lives from an assignment to its end; what it holds then is read
 * again by whoever comes next. One thread.
 */
final class Lane {
  private final TopicPartition partition;
  private final TopicStore store;
  private final Deque<ConsumerRecord<byte[], byte[]>> pending = new ArrayDeque<>();
  private Claim claim;
  private MillraceException problem;
  private int attempts;
  private long retryAtMillis;

  Lane(TopicPartition partition, TopicStore store) {
    this.partition = partition;
    this.store = store;
  }

  TopicPartition partition() {
    return partition;
  }

  TopicStore store() {
    return store;
  }

  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    pending.addAll(records);
  }

  int pending() {
    return pending.size();
  }

  Optional<Claim> claim() {
    return Optional.ofNullable(claim);
  }

  /** What keeps the lane from going on, if anything does. */
  Optional<MillraceException> problem() {
    return Optional.ofNullable(problem);
  }

  boolean isStopped() {
    return problem != null && problem.code().owner() == Owner.CONFIGURATION;
  }

  /** Whether there is something to do and no pause to wait for. */
  boolean isDue(long nowMillis) {
    return nowMillis >= retryAtMillis && (claim == null || !pending.isEmpty());
  }

  /** Claims the partition; the claim says where to read from. */
  Claim takeOver() {
    claim = store.claim(partition.partition());
    return claim;
  }

  /** Stores what is pending, a batch at a time. */
  void drain(int batchRows, int batchBytes) {
    while (!pending.isEmpty()) {
      var batch = nextBatch(batchRows, batchBytes);
      claim = store.store(claim, batch);
      batch.forEach(stored -> pending.removeFirst());
    }
    goOn();
  }

  /** Nothing keeps the lane any longer. */
  void goOn() {
    problem = null;
    attempts = 0;
    retryAtMillis = 0;
  }

  /** Counts a failed attempt. */
  int failed(MillraceException why) {
    problem = why;
    return ++attempts;
  }

  void waitUntil(long millis) {
    retryAtMillis = millis;
  }

  /** Gives claim and records up: the lane begins anew, with a claim. */
  void restart() {
    claim = null;
    pending.clear();
  }

  private List<ConsumerRecord<byte[], byte[]>> nextBatch(int rows, int bytes) {
    var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>(Math.min(rows, pending.size()));
    var size = 0L;
    for (var record : pending) {
      size += Math.max(0, record.serializedValueSize());
      if (!batch.isEmpty() && (batch.size() == rows || size > bytes)) {
        break;
      }
      batch.add(record);
    }
    return batch;
  }
}
