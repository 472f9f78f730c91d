package dev.millrace.aggregate.series;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * Which states are to be looked at when, by the wall clock. A state whose time moves on is not
 * moved in the queue: it is moved when its time comes nearer, or when it is found early. So a busy
 * series is moved once an idle time-out, however many samples it has, and no state has more than
 * one place.
 */
final class DueQueue<V> {
  private final TreeSet<Entry<V>> queue =
      new TreeSet<>(
          Comparator.<Entry<V>>comparingLong(Entry::dueMs).thenComparingLong(Entry::dueNumber));

  private long scheduled;

  /** Has an entry looked at no later than {@code atMs}. */
  void schedule(Entry<V> entry, long atMs) {
    if (atMs < entry.dueMs()) {
      queue.remove(entry);
      entry.due(atMs, scheduled++);
      queue.add(entry);
    }
  }

  /** An entry whose time has come, which then has no time until it is scheduled; or null. */
  Entry<V> poll(long nowMs) {
    while (!queue.isEmpty() && queue.first().dueMs() <= nowMs) {
      var entry = queue.pollFirst();
      entry.neverDue();
      if (!entry.removed()) {
        return entry;
      }
    }
    return null;
  }

  /** When the first one is due; never, if there is none. */
  long nextMs() {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.first().dueMs();
  }

  int size() {
    return queue.size();
  }
}
