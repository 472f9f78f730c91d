package dev.millrace.sink.encode;

/** Whole and floating numbers and booleans, in the width of the column. */
final class NumberPlans {

  private NumberPlans() {}

  static EncodePlan int2(Column column) {
    return (value, out) ->
        out.putShort((int) inRange(column, value, Short.MIN_VALUE, Short.MAX_VALUE));
  }

  static EncodePlan int4(Column column) {
    return (value, out) ->
        out.putInt((int) inRange(column, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  static EncodePlan int8(Column column) {
    return (value, out) -> out.putLong(((Number) value).longValue());
  }

  static EncodePlan float4(Column column) {
    return (value, out) -> {
      var wide = ((Number) value).doubleValue();
      var narrow = (float) wide;
      if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
        throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, value, "holds 4-byte floats only");
      }
      out.putInt(Float.floatToIntBits(narrow));
    };
  }

  static EncodePlan float8(Column column) {
    return (value, out) -> out.putLong(Double.doubleToLongBits(((Number) value).doubleValue()));
  }

  static EncodePlan bool(Column column) {
    return (value, out) -> out.putByte((Boolean) value ? 1 : 0);
  }

  private static long inRange(Column column, Object value, long min, long max) {
    var number = ((Number) value).longValue();
    if (number < min || number > max) {
      throw EncodeFailure.VALUE_OUT_OF_RANGE.of(
          column, value, "holds numbers from %d to %d".formatted(min, max));
    }
    return number;
  }
}
