package dev.millrace.sink.encode;

/**
 * How the values of one field become the bytes of one column. Compiled once, used for every row; it
 * appends the bytes of a value and nothing else: length and NULL are the caller's. Stateless.
 */
@FunctionalInterface
interface EncodePlan {

  /**
   * Appends the value, which is not null.
   *
   * @throws dev.millrace.failure.MillraceException an {@link EncodeFailure} of owner data
   */
  void append(Object value, CopyBuffer out);

  /** Makes the plan of a column. */
  @FunctionalInterface
  interface Factory {
    EncodePlan of(Column column);
  }
}
