package dev.millrace.sink.write;

import dev.millrace.sink.encode.CopyBuffer;
import dev.millrace.sink.encode.RowEncoder;
import java.util.Arrays;

/**
 * Rows of one partition, encoded, in the order of their offsets. They are encoded while they are
 * sent, so that the server does not wait for it, and kept until the batch is done, since a row that
 * it refuses is found by sending some of them again. Reused from batch to batch; one thread. Costs
 * the encoded bytes and 12 bytes a row.
 */
public final class EncodedRows {
  /** As an end: behind the last row, those still to be encoded included. */
  static final int ALL = Integer.MAX_VALUE;

  private static final int INITIAL_ROWS = 1_024;
  private static final Source NOTHING = rows -> false;

  private final CopyBuffer buffer = new CopyBuffer();
  private int[] ends = new int[INITIAL_ROWS];
  private long[] offsets = new long[INITIAL_ROWS];
  private Source source = NOTHING;
  private int count;

  /** Where rows come from when they are wanted. */
  public interface Source {

    /**
     * Adds the next row, or none for a record that cannot be encoded.
     *
     * @return false if there is no record left
     * @throws dev.millrace.failure.MillraceException if it is not the record's fault
     */
    boolean encodeNext(EncodedRows rows);
  }

  /** Begins a batch: nothing is encoded yet. */
  public void begin(Source records) {
    clear();
    source = records;
  }

  /**
   * Encodes on, until there are so many bytes more.
   *
   * @return whether there may be more; if not, all rows are there
   */
  boolean encodeMore(int bytes) {
    var enough = buffer.size() + (long) bytes;
    while (buffer.size() < enough) {
      if (!source.encodeNext(this)) {
        source = NOTHING;
        return false;
      }
    }
    return true;
  }

  void encodeAll() {
    while (encodeMore(Integer.MAX_VALUE)) {
      // What there is ends.
    }
  }

  /** How many are encoded. */
  public int count() {
    return count;
  }

  /** Bytes of all rows. */
  public int bytes() {
    return buffer.size();
  }

  public void clear() {
    source = NOTHING;
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
