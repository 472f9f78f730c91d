package dev.millrace.sink.write;

import dev.millrace.sink.encode.CopyBuffer;
import dev.millrace.sink.encode.RowEncoder;
import java.util.Arrays;

/**
 * Rows of one partition, encoded, in the order of their offsets. Reused from batch to batch; one
 * thread. Costs the encoded bytes and 12 bytes a row.
 */
public final class EncodedRows {
  private static final int INITIAL_ROWS = 1_024;

  private final CopyBuffer buffer = new CopyBuffer();
  private int[] ends = new int[INITIAL_ROWS];
  private long[] offsets = new long[INITIAL_ROWS];
  private int count;

  public int count() {
    return count;
  }

  /** Bytes of all rows. */
  public int bytes() {
    return buffer.size();
  }

  public void clear() {
    buffer.truncate(0);
    count = 0;
  }

  /**
   * Encodes one row behind the others; if that fails, nothing is added.
   *
   * @param value the record in wire format
   * @throws dev.millrace.failure.MillraceException as {@link RowEncoder#append} does
   */
  public void add(long offset, byte[] value, RowEncoder encoder) {
    encoder.append(value, buffer);
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    ends[count] = buffer.size();
    offsets[count++] = offset;
  }

  long offset(int row) {
    return offsets[row];
  }

  /** Where a row begins in {@link #memory}; for the row behind the last one, where that ends. */
  int begin(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** The rows' bytes, one behind the other; valid until a row is added. */
  byte[] memory() {
    return buffer.array();
  }
}
