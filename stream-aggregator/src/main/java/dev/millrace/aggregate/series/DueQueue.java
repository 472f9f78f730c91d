package dev.millrace.aggregate.series;

import java.util.PriorityQueue;

/**
 * Which states are to be looked at when, by the wall clock. A state whose time moves on is not
 * moved in the queue: it is put in again when its time comes nearer, or when it is found early. So
 * a busy series costs one place, taken again once an idle time-out, however many samples it has.
 */
final class DueQueue<V> {
  private record Due<V>(long atMs, Entry<V> entry) {}

  private final PriorityQueue<Due<V>> queue =
      new PriorityQueue<>((a, b) -> Long.compare(a.atMs(), b.atMs()));

  /** Has an entry looked at no later than {@code atMs}. */
  void schedule(Entry<V> entry, long atMs) {
    if (atMs < entry.dueMs()) {
      entry.dueMs(atMs);
      queue.add(new Due<>(atMs, entry));
    }
  }

  /** An entry whose time has come, which then has no time until it is scheduled; or null. */
  Entry<V> poll(long nowMs) {
    while (!queue.isEmpty() && queue.peek().atMs() <= nowMs) {
      var due = queue.remove();
      if (!due.entry().removed() && due.entry().dueMs() == due.atMs()) {
        due.entry().dueMs(Long.MAX_VALUE);
        return due.entry();
      }
    }
    return null;
  }
}
