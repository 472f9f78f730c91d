package dev.millrace.aggregate.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes that identify a state. One instance, the probe, is set again and again to look states
 * up without allocating; what is kept is an {@link Entry}, which has a copy.
 */
class StateKey {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** An odd number whose multiples spread over all bits: 2^64 over the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private byte[] bytes;
  private int length;
  private int hash;

  /** A probe, equal to nothing until it is set. */
  StateKey() {
    set(new byte[0], 0);
  }

  /** A key for good, of a copy of the bytes. */
  StateKey(StateKey key) {
    bytes = Arrays.copyOf(key.bytes, key.length);
    length = key.length;
    hash = key.hash;
  }

  static StateKey of(byte[] bytes) {
    var key = new StateKey();
    key.set(bytes, bytes.length);
    return key;
  }

  /** Becomes the first {@code size} bytes of {@code source}, which it does not copy. */
  final void set(byte[] source, int size) {
    bytes = source;
    length = size;
    var mixed = (long) size;
    var i = 0;
    for (; i <= size - Long.BYTES; i += Long.BYTES) {
      mixed = mix(mixed ^ (long) LONG.get(source, i));
    }
    var rest = 0L;
    for (; i < size; i++) {
      rest = rest << 8 | (source[i] & 0xffL);
    }
    mixed = mix(mixed ^ rest);
    hash = (int) (mixed ^ mixed >>> 32);
  }

  private static long mix(long value) {
    var spread = value * SPREAD;
    return spread ^ spread >>> 29;
  }

  /** The bytes; of a key that is no probe, not to be changed. */
  final byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof StateKey key
        && hash == key.hash
        && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
  }

  @Override
  public final int hashCode() {
    return hash;
  }
}
