package dev.millrace.aggregate.series;

import java.util.Arrays;

/** Messages of several kinds in one topic: a byte that says which, and the message. */
final class Marked {

  private Marked() {}

  /** A message; of null, nothing but the mark. */
  static byte[] of(int mark, byte[] value) {
    var marked = new byte[value == null ? 1 : value.length + 1];
    marked[0] = (byte) mark;
    if (value != null) {
      System.arraycopy(value, 0, marked, 1, value.length);
    }
    return marked;
  }

  static int mark(byte[] marked) {
    return marked[0];
  }

  /** The message; empty if it was null. */
  static byte[] value(byte[] marked) {
    return Arrays.copyOfRange(marked, 1, marked.length);
  }
}
