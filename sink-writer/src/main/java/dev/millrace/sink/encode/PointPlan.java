package dev.millrace.sink.encode;

import java.util.regex.Pattern;

/** A point from its text, {@code (x,y)}: two finite decimal numbers. */
final class PointPlan {
  private static final String NUMBER = "\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*";
  private static final Pattern FORM = Pattern.compile("\\(" + NUMBER + "," + NUMBER + "\\)");

  private PointPlan() {}

  static EncodePlan.OfBytes of(Column column) {
    return TextPlans.decoded((text, out) -> append(column, text, out));
  }

  private static void append(Column column, String text, CopyBuffer out) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw EncodeFailure.VALUE_UNREADABLE.of(column, text, "holds points, e.g. (10.75,59.9125)");
    }
    out.putLong(coordinate(column, text, form.group(1)));
    out.putLong(coordinate(column, text, form.group(2)));
  }

  private static long coordinate(Column column, String text, String digits) {
    var number = Double.parseDouble(digits);
    if (Double.isInfinite(number)) {
      throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, text, "holds points of 64-bit numbers");
    }
    return Double.doubleToLongBits(number);
  }
}
