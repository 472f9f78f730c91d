package dev.millrace.schema.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads Avro binary from an array, value by value. It believes no length: every one is held against
 * what is left before anything is done with it, so that broken bytes cost no memory and no time.
 * One thread; allocates nothing.
 */
public final class AvroCursor {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int INT_BYTES = 5;
  private static final int LONG_BYTES = 10;
  private static final int DEEPEST = 100;
  private static final int MOST_ITEMS_WITHOUT_BYTES = 1_000;

  private byte[] bytes = {};
  private int position;
  private int end;
  private int depth;

  /** Begins anew at {@code from} in these bytes, of which nothing is copied. */
  public void read(byte[] source, int from) {
    bytes = source;
    position = from;
    end = source.length;
    depth = 0;
  }

  public int position() {
    return position;
  }

  public void moveTo(int place) {
    position = place;
  }

  public boolean isAtEnd() {
    return position == end;
  }

  /** The array itself, for values that lie in it as they are. */
  public byte[] memory() {
    return bytes;
  }

  public boolean readBoolean() {
    require(1);
    return bytes[position++] == 1;
  }

  public int readInt() {
    return (int) readVarint(INT_BYTES);
  }

  public long readLong() {
    return readVarint(LONG_BYTES);
  }

  public float readFloat() {
    require(Float.BYTES);
    var bits = (int) INT.get(bytes, position);
    position += Float.BYTES;
    return Float.intBitsToFloat(bits);
  }

  public double readDouble() {
    require(Double.BYTES);
    var bits = (long) LONG.get(bytes, position);
    position += Double.BYTES;
    return Double.longBitsToDouble(bits);
  }

  /** The length of a string or of bytes, all of which are there. */
  public int readLength() {
    var length = readLong();
    if (length < 0 || length > end - position) {
      throw new MalformedAvroException(
          "a length of %d where %d bytes are left".formatted(length, end - position));
    }
    return (int) length;
  }

  /** Which branch of a union or symbol of an enum, of {@code count}. */
  public int readIndex(int count) {
    var index = readInt();
    if (index < 0 || index >= count) {
      throw new MalformedAvroException("index %d of %d".formatted(index, count));
    }
    return index;
  }

  /** How many items the next block of an array or a map has; 0 ends it. */
  public long readBlock() {
    var count = readLong();
    if (count >= 0) {
      return count;
    }
    var unused = readLong();
    if (count == Long.MIN_VALUE) {
      throw new MalformedAvroException("a block of " + count);
    }
    return -count;
  }

  /** An array may claim any number of items that take no bytes; it is believed up to a thousand. */
  public void requireBytesFor(int items, int begin) {
    if (items - MOST_ITEMS_WITHOUT_BYTES > position - begin) {
      throw new MalformedAvroException("%d items in fewer bytes".formatted(items));
    }
  }

  public void skip(int length) {
    require(length);
    position += length;
  }

  /** Enters a value within a value; left with {@link #leave}. */
  public void enter() {
    if (++depth > DEEPEST) {
      throw new MalformedAvroException("values nested more than %d deep".formatted(DEEPEST));
    }
  }

  public void leave() {
    depth--;
  }

  private long readVarint(int mostBytes) {
    var raw = 0L;
    for (var i = 0; i < mostBytes; i++) {
      require(1);
      var part = bytes[position++];
      raw |= (part & 0x7fL) << (7 * i);
      if (part >= 0) {
        return decoded(raw, mostBytes);
      }
    }
    throw new MalformedAvroException("a number of more than %d bytes".formatted(mostBytes));
  }

  /** Zig-zag: 0, -1, 1, -2 … An int drops what is beyond its 32 bits, as Avro's own reader does. */
  private static long decoded(long raw, int mostBytes) {
    var bits = mostBytes == INT_BYTES ? raw & 0xffff_ffffL : raw;
    return (bits >>> 1) ^ -(bits & 1);
  }

  private void require(int more) {
    if (more > end - position) {
      throw new MalformedAvroException(
          "the record ends where %d more bytes are wanted".formatted(more));
    }
  }
}
