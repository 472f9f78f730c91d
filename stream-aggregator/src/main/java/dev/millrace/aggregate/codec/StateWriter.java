package dev.millrace.aggregate.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes state into a buffer that grows and is reused. Whole numbers are variable-length (small
 * ones take one byte), doubles eight bytes, both as Avro has them. The same state always gives the
 * same bytes. One instance a thread.
 */
public final class StateWriter {
  private static final int INITIAL_BYTES = 1_024;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer = new byte[INITIAL_BYTES];
  private int length;

  /** Forgets what was written. */
  public void reset() {
    length = 0;
  }

  /** What was written since the last reset, in an array of its own. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  /** The bytes written so far, in the writer's own buffer: good until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  /** How many bytes of {@link #buffer} were written. */
  public int length() {
    return length;
  }

  public void writeByte(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
  }

  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** Writes a whole number of either sign; near zero is short. */
  public void writeLong(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** Writes a whole number whose sign bit is data; small ones are short. */
  public void writeUnsigned(long value) {
    ensure(10);
    var bytes = buffer;
    var place = length;
    var rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[place++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[place++] = (byte) rest;
    length = place;
  }

  /** Writes eight bytes, little-endian, so that a reader may find them by position. */
  public void writeFixedLong(long value) {
    ensure(Long.BYTES);
    LONG.set(buffer, length, value);
    length += Long.BYTES;
  }

  public void writeDouble(double value) {
    writeFixedLong(Double.doubleToRawLongBits(value));
  }

  /** Writes four bytes, little-endian. */
  public void writeFloat(float value) {
    ensure(Float.BYTES);
    INT.set(buffer, length, Float.floatToRawIntBits(value));
    length += Float.BYTES;
  }

  /** Writes the length and the bytes. */
  public void writeBytes(byte[] bytes) {
    writeUnsigned(bytes.length);
    write(bytes, 0, bytes.length);
  }

  /** Writes text, in UTF-8. */
  public void writeText(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes {@code size} bytes as they are. */
  public void write(byte[] bytes, int from, int size) {
    ensure(size);
    System.arraycopy(bytes, from, buffer, length, size);
    length += size;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
