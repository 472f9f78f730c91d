package dev.millrace.sink.encode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of bytes in network order: rows in binary COPY format. Grows by doubling and is
 * reused, so that a steady load allocates nothing. One thread.
 */
public final class CopyBuffer {
  private static final int INITIAL_BYTES = 1 << 16;
  private static final int NULL_LENGTH = -1;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  public int size() {
    return size;
  }

  /** Forgets everything from {@code length} on: a row that could not be finished. */
  public void truncate(int length) {
    size = length;
  }

  /** The bytes so far, copied. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** The memory itself, valid up to {@link #size} and until the next write: not a copy. */
  public byte[] array() {
    return bytes;
  }

  void putNull() {
    putInt(NULL_LENGTH);
  }

  /** Leaves room for a length; {@link #endLength} fills it in. */
  int beginLength() {
    putInt(0);
    return size;
  }

  void endLength(int begin) {
    var length = size - begin;
    var at = begin - Integer.BYTES;
    bytes[at] = (byte) (length >>> 24);
    bytes[at + 1] = (byte) (length >>> 16);
    bytes[at + 2] = (byte) (length >>> 8);
    bytes[at + 3] = (byte) length;
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    ensure(Short.BYTES);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    ensure(Integer.BYTES);
    bytes[size++] = (byte) (value >>> 24);
    bytes[size++] = (byte) (value >>> 16);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  void putBytes(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  void putUtf8(String text) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    putBytes(encoded, 0, encoded.length);
  }

  private void ensure(int more) {
    var needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }
}
