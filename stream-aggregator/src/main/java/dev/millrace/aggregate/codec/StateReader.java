package dev.millrace.aggregate.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link StateWriter} wrote, in the same order. Reading past the end throws {@link
 * IndexOutOfBoundsException}. Not for use by several threads.
 */
public final class StateReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int position;

  public StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int readByte() {
    return bytes[position++];
  }

  public boolean readBoolean() {
    return readByte() != 0;
  }

  public long readLong() {
    var value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public long readUnsigned() {
    var value = 0L;
    var shift = 0;
    byte next;
    do {
      next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  /** A count or a length that was written with {@link StateWriter#writeUnsigned}. */
  public int readInt() {
    return Math.toIntExact(readUnsigned());
  }

  public long readFixedLong() {
    var value = (long) LONG.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  public double readDouble() {
    return Double.longBitsToDouble(readFixedLong());
  }

  public float readFloat() {
    var value = Float.intBitsToFloat((int) INT.get(bytes, position));
    position += Float.BYTES;
    return value;
  }

  public byte[] readBytes() {
    var value = new byte[readInt()];
    System.arraycopy(bytes, position, value, 0, value.length);
    position += value.length;
    return value;
  }

  public String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }
}
