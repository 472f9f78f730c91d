package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * One state of a {@link LiveStore}: the live object, or, until it is first asked for after a
 * restore, the bytes of its parts.
 */
final class Entry<V> extends StateKey {
  private final StateCodec<V> codec;
  private byte[][] restored;
  private V value;
  private int kept;
  private boolean changed;
  private boolean removed;
  private long dueMs = Long.MAX_VALUE;
  private long dueNumber;

  private Entry(StateKey key, StateCodec<V> codec) {
    super(key);
    this.codec = codec;
  }

  static <V> Entry<V> live(StateKey key, StateCodec<V> codec, V value) {
    var entry = new Entry<>(key, codec);
    entry.value = value;
    return entry;
  }

  /** One of which nothing is restored yet. */
  static <V> Entry<V> empty(StateKey key, StateCodec<V> codec) {
    var entry = new Entry<>(key, codec);
    entry.restored = new byte[codec.parts()][];
    return entry;
  }

  /** Takes a part as the changelog has it now, null if it has none. */
  void restore(int part, byte[] bytes) {
    if (value != null) {
      restored = encoded();
      value = null;
    }
    restored[part] = bytes;
    kept = bytes == null ? kept & ~(1 << part) : kept | 1 << part;
  }

  /** Of a live state that the changelog holds as it is. */
  private byte[][] encoded() {
    var parts = new byte[codec.parts()][];
    var out = new StateWriter();
    for (var part = 0; part < parts.length; part++) {
      if (isKept(part)) {
        out.reset();
        codec.encode(value, part, out);
        parts[part] = out.toByteArray();
      }
    }
    return parts;
  }

  /** Whether the changelog has a part. */
  boolean isKept(int part) {
    return (kept & 1 << part) != 0;
  }

  /** Whether the changelog has any part. */
  boolean isKept() {
    return kept != 0;
  }

  /** The changelog has a part from now on. */
  void keep(int part) {
    kept |= 1 << part;
  }

  V value() {
    if (value == null) {
      var parts = new StateReader[restored.length];
      for (var part = 0; part < parts.length; part++) {
        parts[part] = restored[part] == null ? null : new StateReader(restored[part]);
      }
      value = codec.decode(parts);
      restored = null;
    }
    return value;
  }

  /** A reader of the first part, if the state has not been asked for since it was restored. */
  StateReader peek() {
    return restored == null ? null : new StateReader(restored[0]);
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
