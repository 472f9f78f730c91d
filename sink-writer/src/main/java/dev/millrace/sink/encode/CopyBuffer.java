package dev.millrace.sink.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of bytes in network order: rows in binary COPY format. Grows by doubling and is
 * reused, so that a steady load allocates nothing. One thread.
 */
public final class CopyBuffer {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
    setInt(begin - Integer.BYTES, size - begin);
  }

  /** Writes over four bytes that are there already. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** Whether the field that begins there is NULL. */
  boolean isNullAt(int at) {
    return (int) INT.get(bytes, at) == NULL_LENGTH;
  }

  void putByte(int value) {
    ensure(Byte.BYTES);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    ensure(Short.BYTES);
    SHORT.set(bytes, size, (short) value);
    size += Short.BYTES;
  }

  void putInt(int value) {
    ensure(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    ensure(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** A whole field of eight bytes, length and all. */
  void putField(long value) {
    ensure(Integer.BYTES + Long.BYTES);
    INT.set(bytes, size, Long.BYTES);
    LONG.set(bytes, size + Integer.BYTES, value);
    size += Integer.BYTES + Long.BYTES;
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
