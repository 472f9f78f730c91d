package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;

/**
 * One state of a {@link LiveStore}: the live object, or, until it is first asked for after a
 * restore, its bytes.
 */
final class Entry<V> {
  private final StateKey key;
  private final StateCodec<V> codec;
  private byte[] restored;
  private V value;
  private boolean changed;
  private boolean removed;
  private long dueMs = Long.MAX_VALUE;
  private long dueNumber;

  private Entry(StateKey key, StateCodec<V> codec) {
    this.key = key;
    this.codec = codec;
  }

  static <V> Entry<V> live(StateKey key, StateCodec<V> codec, V value) {
    var entry = new Entry<>(key, codec);
    entry.value = value;
    return entry;
  }

  static <V> Entry<V> restored(StateKey key, StateCodec<V> codec, byte[] bytes) {
    var entry = new Entry<>(key, codec);
    entry.restored = bytes;
    return entry;
  }

  StateKey key() {
    return key;
  }

  V value() {
    if (value == null) {
      value = codec.decode(new StateReader(restored));
      restored = null;
    }
    return value;
  }

  /** A reader of the bytes, if the state has not been asked for since it was restored. */
  StateReader peek() {
    return restored == null ? null : new StateReader(restored);
  }

  boolean changed() {
    return changed;
  }

  void changed(boolean since) {
    changed = since;
  }

  /** Whether the store no longer has it, so that who remembers it must ask the store again. */
  boolean removed() {
    return removed;
  }

  void remove() {
    removed = true;
  }

  /** When it is to be looked at next, by the wall clock; see {@link DueQueue}. */
  long dueMs() {
    return dueMs;
  }

  /** Tells states apart that are due at one time. */
  long dueNumber() {
    return dueNumber;
  }

  void due(long atMs, long number) {
    dueMs = atMs;
    dueNumber = number;
  }

  void neverDue() {
    dueMs = Long.MAX_VALUE;
  }
}
