package dev.millrace.aggregate.series;

import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Forgets the states of a store that nothing has touched for too long: once an hour, one pass over
 * all. One instance a task; times are milliseconds of the wall clock.
 */
final class Sweep<V> {
  static final long EVERY_MS = 3_600_000;

  private final LiveStore<V> store;
  private final long keepMs;
  private final ToLongFunction<Entry<V>> touchedMs;
  private final Consumer<Entry<V>> last;
  private long sweptMs;

  /**
   * Prepares it.
   *
   * @param touchedMs when a state was last touched
   * @param sinceMs the first pass is an hour after this
   */
  Sweep(LiveStore<V> store, long keepMs, ToLongFunction<Entry<V>> touchedMs, long sinceMs) {
    this(store, keepMs, touchedMs, forgotten -> {}, sinceMs);
  }

  /**
   * The same.
   *
   * @param last is handed each state before it is forgotten
   */
  Sweep(
      LiveStore<V> store,
      long keepMs,
      ToLongFunction<Entry<V>> touchedMs,
      Consumer<Entry<V>> last,
      long sinceMs) {
    this.store = store;
    this.keepMs = keepMs;
    this.touchedMs = touchedMs;
    this.last = last;
    this.sweptMs = sinceMs;
  }

  void lookAround(long nowMs) {
    if (nowMs - sweptMs < EVERY_MS) {
      return;
    }
    sweptMs = nowMs;
    var old = new ArrayList<Entry<V>>();
    for (var entry : store.entries()) {
      if (nowMs - touchedMs.applyAsLong(entry) >= keepMs) {
        old.add(entry);
      }
    }
    for (var entry : old) {
      last.accept(entry);
      store.remove(entry);
    }
  }
}
