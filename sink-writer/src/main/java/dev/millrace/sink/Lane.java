package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.WriteFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One assigned partition: its claim, the records that are read and not yet stored, and when to try
 * again after a failure. A lane lives from an assignment to its end; what it holds then is read
 * again by whoever comes next.
 *
 * <p>Two threads meet here, each under the lane's lock and never for longer than a few
 * instructions. The <b>poller</b> adds records, seeks to where a claim says, begins turns and
 * closes the lane. A <b>writer</b> has the lane for one turn, from {@link #begin} to {@link #rest}:
 * there is never more than one, so batches are stored in the order of their offsets. A lane that
 * was closed in the middle of a turn ignores what the turn brings; whether its batch commits is the
 * database's to decide. Records that come between a lost claim and the seek that follows the next
 * one are not taken: they are from the wrong place.
 */
final class Lane {
  private static final long UNKNOWN = -1;

  private final TopicPartition partition;
  private final BatchStore store;
  private final Pending pending = new Pending();
  private Claim claim;
  private boolean positioned;
  private boolean busy;
  private boolean closed;
  private MillraceException problem;
  private boolean failedToClaim;
  private int attempts;
  private long retryAtMillis;
  private long passesAtFailure;
  private long storedUpTo = UNKNOWN;
  private long storedTimestamp = ConsumerRecord.NO_TIMESTAMP;

  Lane(TopicPartition partition, BatchStore store) {
    this.partition = partition;
    this.store = store;
  }

  TopicPartition partition() {
    return partition;
  }

  BatchStore store() {
    return store;
  }

  /** Takes records that were read; answers how many it does not want and gives back. */
  synchronized int add(List<ConsumerRecord<byte[], byte[]>> records, long nowMillis) {
    if (!positioned) {
      return records.size();
    }
    pending.add(records, nowMillis);
    return 0;
  }

  synchronized int pending() {
    return pending.size();
  }

  synchronized long pendingBytes() {
    return pending.bytes();
  }

  synchronized Optional<Claim> claim() {
    return Optional.ofNullable(claim);
  }

  /** The next offset as the database had it last, be the claim given up since. */
  synchronized OptionalLong storedUpTo() {
    return storedUpTo == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(storedUpTo);
  }

  /** The claim, if it is new and the reading has still to move to where it says. */
  synchronized Optional<Claim> unpositioned() {
    return positioned ? Optional.empty() : Optional.ofNullable(claim);
  }

  /** The reading is where {@code sought} says; a claim that was given up since is sought anew. */
  synchronized void position(Claim sought) {
    positioned = sought.equals(claim);
  }

  synchronized boolean wantsRecords(BatchLimits limits) {
    return positioned && (problem == null || isStopped()) && !pending.isEnough(limits);
  }

  /** What keeps the lane from going on, if anything does. */
  synchronized Optional<MillraceException> problem() {
    return Optional.ofNullable(problem);
  }

  /** {@link Outage#passes} when the lane failed last. */
  synchronized long passesAtFailure() {
    return passesAtFailure;
  }

  private boolean isStopped() {
    return problem != null && LaneWriter.stops(problem);
  }

  synchronized boolean isFenced() {
    return problem != null && problem.code() == WriteFailure.FENCED;
  }

  /** Gives the lane to a writer if there is something to do now; {@link #rest} takes it back. */
  synchronized boolean begin(long nowMillis, BatchLimits limits, Outage outage) {
    var held = busy || closed || isFenced() || outage.isOn(nowMillis);
    if (held || mustWait(nowMillis, outage)) {
      return false;
    }
    busy = claim == null || (positioned && pending.isDue(nowMillis, limits));
    return busy;
  }

  private boolean mustWait(long nowMillis, Outage outage) {
    if (problem == null) {
      return false;
    }
    var databaseWasAway = problem.code() == WriteFailure.DATABASE_UNAVAILABLE;
    return nowMillis < retryAtMillis && !(databaseWasAway && outage.passes() > passesAtFailure);
  }

  /** Whether the turn may go on; a lane closed before its writer came to it has nothing to do. */
  synchronized boolean isOpen() {
    return !closed;
  }

  /**
   * A claim was made: it says where to read from. What an operator has to mend is taken for mended
   * when what failed succeeds: a claim, or storing a record.
   */
  synchronized void claimed(Claim made) {
    claim = made;
    storedUpTo = made.nextOffset();
    positioned = false;
    if (!isStopped() || failedToClaim) {
      mended();
    }
  }

  synchronized List<ConsumerRecord<byte[], byte[]>> nextBatch(BatchLimits limits) {
    return pending.nextBatch(limits);
  }

  /** A batch is stored, and the claim moved on. */
  synchronized void stored(List<ConsumerRecord<byte[], byte[]>> batch, Claim moved) {
    pending.remove(batch);
    claim = moved;
    storedUpTo = moved.nextOffset();
    storedTimestamp = batch.get(batch.size() - 1).timestamp();
    mended();
  }

  private void mended() {
    problem = null;
    attempts = 0;
    retryAtMillis = 0;
  }

  /** Counts a failed attempt. */
  synchronized int failed(MillraceException why, long passes) {
    problem = why;
    failedToClaim = claim == null;
    passesAtFailure = passes;
    return ++attempts;
  }

  synchronized void waitUntil(long millis) {
    retryAtMillis = millis;
  }

  /** Ends a turn; answers how many records a lane that was closed meanwhile gives back. */
  synchronized int rest() {
    busy = false;
    notifyAll();
    return closed ? pending.clear() : 0;
  }

  /**
   * Gives claim and records up: the lane begins anew, with a claim. For the writer that has it.
   *
   * @return how many records are given back
   */
  synchronized int giveUp() {
    claim = null;
    positioned = false;
    return pending.clear();
  }

  /** The same for the poller, unless a writer has the lane. */
  synchronized int restart() {
    return busy ? 0 : giveUp();
  }

  /**
   * Ends the lane: no turn begins any more.
   *
   * @return how many records are given back at once; those of a turn follow at its end
   */
  synchronized int close() {
    closed = true;
    return busy ? 0 : pending.clear();
  }

  /** Waits until no writer has the lane; whether that came true in time. */
  synchronized boolean awaitRest(long deadlineNanos) throws InterruptedException {
    while (busy) {
      var left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Since when the oldest record that is not stored has been in the topic; negative if unknown. */
  synchronized long waitingSince() {
    return pending.oldestTimestamp(storedTimestamp);
  }
}
