package dev.millrace.sink.encode;

/**
 * How values of one kind become the bytes of one column. Compiled once, used for every row; it
 * appends the bytes of a value and nothing else: length and NULL are the caller's. No value is
 * boxed on the way. Stateless.
 *
 * <p>Every plan throws {@link dev.millrace.failure.MillraceException} with an {@link EncodeFailure}
 * of owner data where the value does not fit its column.
 */
sealed interface EncodePlan {

  /** From whole numbers, times and dates. */
  @FunctionalInterface
  non-sealed interface OfLong extends EncodePlan {
    void append(long value, CopyBuffer out);
  }

  /** From floating numbers; a float comes as the double of the same value. */
  @FunctionalInterface
  non-sealed interface OfDouble extends EncodePlan {
    void append(double value, CopyBuffer out);
  }

  /** From booleans. */
  @FunctionalInterface
  non-sealed interface OfBoolean extends EncodePlan {
    void append(boolean value, CopyBuffer out);
  }

  /** From bytes, and from text and symbols in UTF-8. */
  @FunctionalInterface
  non-sealed interface OfBytes extends EncodePlan {
    void append(byte[] memory, int begin, int length, CopyBuffer out);
  }

  /** From maps and lists of plain values. Allocates the tree. */
  @FunctionalInterface
  non-sealed interface OfTree extends EncodePlan {
    void append(Object tree, CopyBuffer out);
  }

  /**
   * From arrays, to a one-dimensional array; null elements are kept.
   *
   * @param element from each element
   * @param elementOid type of the column's elements
   */
  record OfArray(EncodePlan element, int elementOid) implements EncodePlan {}

  /** Makes the plan of a column. */
  @FunctionalInterface
  interface Factory {
    EncodePlan of(Column column);
  }
}
