package dev.millrace.sink;

import dev.millrace.sink.write.EncodedRows;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hands lanes to the threads that write. Lanes that have something to do stand in one queue and
 * take turns, one batch each, so that a busy partition holds up no other. Memory to encode in
 * belongs to the threads, not to the lanes: there is as much as there are writers.
 *
 * <p>{@link #offer} is for the poller, and for the end of a turn, since a lane that is busy should
 * not wait for the poller to come by. The poller, where it has nothing to read, waits for the end
 * of a turn ({@link #awaitTurn}): it is what makes room.
 */
final class Writers {
  private final Executor executor;
  private final LaneWriter writer;
  private final ConcurrentLinkedQueue<EncodedRows> memory = new ConcurrentLinkedQueue<>();
  private final Semaphore ended = new Semaphore(0);

  Writers(Executor executor, LaneWriter writer) {
    this.executor = executor;
    this.writer = writer;
  }

  /** Queues the lane if there is something to do for it now. */
  void offer(Lane lane) {
    if (writer.begin(lane)) {
      executor.execute(() -> turn(lane));
    }
  }

  private void turn(Lane lane) {
    var free = memory.poll();
    var rows = free == null ? new EncodedRows() : free;
    try {
      writer.turn(lane, rows);
    } finally {
      memory.add(rows);
    }
    offer(lane);
    ended.release();
  }

  /** Waits until a turn ends, or {@code most}; not if one has ended since it was last asked. */
  void awaitTurn(Duration most) throws InterruptedException {
    if (ended.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
      ended.drainPermits();
    }
  }
}
