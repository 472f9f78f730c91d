package dev.millrace.sink.encode;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Binary {@code numeric}: base-10,000 digits around the point. A double stands for the decimal that
 * {@link Double#toString} shows, rounded half away from zero to the column's scale, as PostgreSQL
 * itself would. Values whose scaled form is surely on one side of a half go by way of a long; the
 * others, and columns without a scale, by way of {@link BigDecimal}.
 */
final class NumericPlan {
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final int NOT_A_NUMBER = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int NEGATIVE_INFINITY = 0xF000;

  /** Below this, a double times a power of ten is off by less than a thousandth. */
  private static final double EXACT_ENOUGH = 1e12;

  private static final double AWAY_FROM_HALF = 1e-3;
  private static final int FAST_SCALE = 6;
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private NumericPlan() {}

  static EncodePlan.OfDouble ofDouble(Column column) {
    return (value, out) -> appendDouble(column, value, out);
  }

  /** A float stands for the decimal it shows, not for the longer one of the double it widens to. */
  static EncodePlan.OfDouble ofFloat(Column column) {
    return (value, out) -> {
      if (!Double.isFinite(value)) {
        appendDouble(column, value, out);
      } else {
        appendDecimal(column, new BigDecimal(Float.toString((float) value)), out);
      }
    };
  }

  static EncodePlan.OfLong ofLong(Column column) {
    return (value, out) -> appendDecimal(column, BigDecimal.valueOf(value), out);
  }

  private static void appendDouble(Column column, double value, CopyBuffer out) {
    if (Double.isNaN(value)) {
      putHeader(out, 0, 0, NOT_A_NUMBER, 0);
    } else if (Double.isInfinite(value)) {
      appendInfinity(column, value, out);
    } else if (!appendFast(column, value, out)) {
      appendDecimal(column, new BigDecimal(Double.toString(value)), out);
    }
  }

  private static void appendInfinity(Column column, double value, CopyBuffer out) {
    if (column.hasPrecision()) {
      throw outOfRange(column, value);
    }
    putHeader(out, 0, 0, value > 0 ? INFINITY : NEGATIVE_INFINITY, 0);
  }

  private static boolean appendFast(Column column, double value, CopyBuffer out) {
    if (!column.hasPrecision() || column.scale() < 0 || column.scale() > FAST_SCALE) {
      return false;
    }
    var scaled = Math.abs(value) * POWERS[column.scale()];
    if (scaled >= EXACT_ENOUGH) {
      return false;
    }
    var floor = (long) scaled;
    var fraction = scaled - floor;
    if (Math.abs(fraction - 0.5) < AWAY_FROM_HALF) {
      return false;
    }
    var rounded = fraction > 0.5 ? floor + 1 : floor;
    requireDigits(column, value, digitsOf(rounded) - column.scale());
    putLong(out, value < 0 && rounded != 0, rounded, column.scale());
    return true;
  }

  private static void appendDecimal(Column column, BigDecimal exact, CopyBuffer out) {
    var value = exact;
    if (column.hasPrecision()) {
      value = exact.setScale(column.scale(), RoundingMode.HALF_UP);
      if (value.signum() != 0) {
        requireDigits(column, exact, value.precision() - value.scale());
      }
    }
    putDecimal(out, value);
  }

  private static void requireDigits(Column column, Object value, int digitsBeforePoint) {
    if (digitsBeforePoint > column.precision() - column.scale()) {
      throw outOfRange(column, value);
    }
  }

  private static int digitsOf(long value) {
    var digits = 0;
    for (var rest = value; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** {@code unscaled} / 10^scale, with {@code unscaled} below 10^12 and scale at most 6. */
  private static void putLong(CopyBuffer out, boolean negative, long unscaled, int scale) {
    var fractionGroups = (scale + 3) / 4;
    var rest = unscaled * POWERS[fractionGroups * 4 - scale];
    var weight = -fractionGroups - 1;
    var groups = 0;
    var divisor = 1L;
    for (var left = rest; left > 0; left /= 10_000) {
      groups++;
      divisor = groups > 1 ? divisor * 10_000 : 1;
    }
    putHeader(
        out, groups, groups == 0 ? 0 : weight + groups, negative ? NEGATIVE : POSITIVE, scale);
    for (; groups > 0; groups--) {
      out.putShort((int) (rest / divisor));
      rest %= divisor;
      divisor /= 10_000;
    }
  }

  private static void putDecimal(CopyBuffer out, BigDecimal value) {
    var plain = value.abs().toPlainString();
    var point = plain.indexOf('.');
    var whole = point < 0 ? plain : plain.substring(0, point);
    var fraction = point < 0 ? "" : plain.substring(point + 1);
    var digits =
        "0".repeat((4 - whole.length() % 4) % 4)
            + whole
            + fraction
            + "0".repeat((4 - fraction.length() % 4) % 4);
    var weight = (whole.length() + 3) / 4 - 1;
    var first = 0;
    while (first < digits.length() && group(digits, first) == 0) {
      first += 4;
    }
    var count = (digits.length() - first) / 4;
    var sign = value.signum() < 0 ? NEGATIVE : POSITIVE;
    putHeader(out, count, count == 0 ? 0 : weight - first / 4, sign, fraction.length());
    for (var i = first; i < digits.length(); i += 4) {
      out.putShort(group(digits, i));
    }
  }

  private static int group(String digits, int at) {
    return Integer.parseInt(digits, at, at + 4, 10);
  }

  private static void putHeader(CopyBuffer out, int groups, int weight, int sign, int scale) {
    out.putShort(groups);
    out.putShort(weight);
    out.putShort(sign);
    out.putShort(scale);
  }

  private static RuntimeException outOfRange(Column column, Object value) {
    return EncodeFailure.VALUE_OUT_OF_RANGE.of(
        column, value, "holds numeric(%d,%d)".formatted(column.precision(), column.scale()));
  }
}
