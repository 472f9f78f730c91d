package dev.millrace.aggregate.series;

import java.util.Arrays;

/**
 * The bytes that identify a state. One instance, the probe, is set again and again to look states
 * up without allocating; what is kept is a {@link #copy}.
 */
final class StateKey {
  private byte[] bytes;
  private int length;
  private int hash;

  /** A probe, equal to nothing until it is set. */
  StateKey() {
    set(new byte[0], 0);
  }

  static StateKey of(byte[] bytes) {
    var key = new StateKey();
    key.set(bytes, bytes.length);
    return key;
  }

  /** Becomes the first {@code size} bytes of {@code source}, which it does not copy. */
  void set(byte[] source, int size) {
    bytes = source;
    length = size;
    var mixed = 1;
    for (var i = 0; i < size; i++) {
      mixed = 31 * mixed + source[i];
    }
    hash = mixed;
  }

  StateKey copy() {
    return of(Arrays.copyOf(bytes, length));
  }

  /** The bytes; of a key that is no probe, not to be changed. */
  byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateKey key
        && hash == key.hash
        && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
