package dev.millrace.sink.encode;

/** Whole and floating numbers and booleans, in the width of the column. */
final class NumberPlans {

  private static final EncodePlan.OfLong INT8 = (value, out) -> out.putLong(value);
  private static final EncodePlan.OfDouble FLOAT8 =
      (value, out) -> out.putLong(Double.doubleToLongBits(value));

  private NumberPlans() {}

  static EncodePlan.OfLong int2(Column column) {
    return (value, out) ->
        out.putShort((int) inRange(column, value, Short.MIN_VALUE, Short.MAX_VALUE));
  }

  static EncodePlan.OfLong int4(Column column) {
    return (value, out) ->
        out.putInt((int) inRange(column, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  static EncodePlan.OfLong int8(Column column) {
    return INT8;
  }

  static EncodePlan.OfDouble float4(Column column) {
    return (value, out) -> {
      var narrow = (float) value;
      if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
        throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, value, "holds 4-byte floats only");
      }
      out.putInt(Float.floatToIntBits(narrow));
    };
  }

  static EncodePlan.OfDouble float8(Column column) {
    return FLOAT8;
  }

  static boolean isInt8(EncodePlan plan) {
    return plan == INT8;
  }

  static boolean isFloat8(EncodePlan plan) {
    return plan == FLOAT8;
  }

  static EncodePlan.OfLong float8OfWhole(Column column) {
    return (value, out) -> out.putLong(Double.doubleToLongBits((double) value));
  }

  static EncodePlan.OfBoolean bool(Column column) {
    return (value, out) -> out.putByte(value ? 1 : 0);
  }

  private static long inRange(Column column, long value, long min, long max) {
    if (value < min || value > max) {
      throw EncodeFailure.VALUE_OUT_OF_RANGE.of(
          column, value, "holds numbers from %d to %d".formatted(min, max));
    }
    return value;
  }
}
