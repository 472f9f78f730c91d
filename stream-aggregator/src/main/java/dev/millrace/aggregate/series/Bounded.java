package dev.millrace.aggregate.series;

import java.util.function.ToLongFunction;

/**
 * Keeps the states of a store for as long as each says, and no more than so many: beyond, the one
 * that would be forgotten first goes. Of a state that was restored, the first eight bytes say when.
 * Nothing is forgotten in the first {@value #LISTEN_MS} ms: what was published while no process had
 * the task is still to be read. One instance a task; times are milliseconds of the wall clock.
 */
final class Bounded<V> {
  static final long LISTEN_MS = 600_000;

  private final LiveStore<V> store;
  private final int most;
  private final long sinceMs;
  private final ToLongFunction<V> forgetAtMs;
  private final DueQueue<V> queue = new DueQueue<>();

  /**
   * Schedules every state that was restored.
   *
   * @param most states
   * @param sinceMs when this task began, or began again, to hear
   */
  Bounded(LiveStore<V> store, int most, long sinceMs, ToLongFunction<V> forgetAtMs) {
    this.store = store;
    this.most = most;
    this.sinceMs = sinceMs;
    this.forgetAtMs = forgetAtMs;
    for (var entry : store.entries()) {
      entry.neverDue();
      queue.schedule(entry, forgetAt(entry));
    }
  }

  private long forgetAt(Entry<V> entry) {
    var unread = entry.peek();
    var at = unread == null ? forgetAtMs.applyAsLong(entry.value()) : unread.readFixedLong();
    return Math.max(at, sinceMs + LISTEN_MS);
  }

  /** A state is new, or is to be kept for longer. */
  void touched(Entry<V> entry) {
    queue.schedule(entry, forgetAt(entry));
    while (store.size() > most) {
      forgetFirst();
    }
  }

  void lookAround(long nowMs) {
    while (queue.nextMs() <= nowMs) {
      forgetFirst();
    }
  }

  /** Or finds that it is to be kept for longer than was known, and schedules it anew. */
  private void forgetFirst() {
    var due = queue.nextMs();
    var entry = queue.poll(due);
    if (entry == null) {
      return;
    }
    var at = forgetAt(entry);
    if (at > due) {
      queue.schedule(entry, at);
    } else {
      store.remove(entry);
    }
  }
}
