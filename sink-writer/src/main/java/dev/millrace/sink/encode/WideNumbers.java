package dev.millrace.sink.encode;

/**
 * Steps for numbers of eight bytes that go into a column as they are: most of what a row of windows
 * is. The general way is four calls deep, each to one of many; these are one.
 */
final class WideNumbers {
  /** A double into a float8. */
  static final FieldPlan DOUBLE =
      (in, out) -> out.putField(Double.doubleToLongBits(in.readDouble()));

  /** A long into an int8. */
  static final FieldPlan LONG = (in, out) -> out.putField(in.readLong());

  private WideNumbers() {}

  /**
   * The step for a union of one of these and null, which gives NULL.
   *
   * @param nullBranch the place of null in the union, 0 or 1
   */
  static FieldPlan orNull(FieldPlan number, int nullBranch) {
    if (number == DOUBLE) {
      return (in, out) -> {
        if (in.readIndex(2) == nullBranch) {
          out.putNull();
        } else {
          out.putField(Double.doubleToLongBits(in.readDouble()));
        }
      };
    }
    return (in, out) -> {
      if (in.readIndex(2) == nullBranch) {
        out.putNull();
      } else {
        out.putField(in.readLong());
      }
    };
  }

  static boolean contains(FieldPlan step) {
    return step == DOUBLE || step == LONG;
  }
}
