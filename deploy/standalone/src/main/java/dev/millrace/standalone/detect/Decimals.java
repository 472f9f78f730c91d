package dev.millrace.standalone.detect;

/**
 * Numbers as text with no more digits than are of use: {@link Double#toString} writes up to 17 and
 * takes several times as long.
 */
final class Decimals {
  private static final int MOST_DECIMALS = 12;
  private static final double SMALLEST = 1e-4;
  private static final double LARGEST = 1e15;

  /** Nine digits: below it, one more decimal is of use. */
  private static final double ENOUGH = 1e9;

  private static final long[] POWERS = new long[MOST_DECIMALS + 1];

  static {
    POWERS[0] = 1;
    for (var i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private Decimals() {}

  /** Appends a number with nine significant digits. */
  static void append(StringBuilder out, double value) {
    var size = Math.abs(value);
    if (size != 0 && !(size >= SMALLEST && size < LARGEST)) {
      out.append(value);
      return;
    }
    var decimals = MOST_DECIMALS;
    while (decimals > 0 && size * POWERS[decimals] >= ENOUGH) {
      decimals--;
    }
    append(out, value, decimals);
  }

  /**
   * Appends a number with at most so many decimals.
   *
   * @param value whose magnitude, times ten to the {@code decimals}, fits a long
   */
  static void append(StringBuilder out, double value, int decimals) {
    var scaled = Math.round(Math.abs(value) * POWERS[decimals]);
    if (value < 0 && scaled > 0) {
      out.append('-');
    }
    out.append(scaled / POWERS[decimals]);
    var rest = scaled % POWERS[decimals];
    if (rest == 0) {
      return;
    }
    out.append('.');
    for (var place = decimals - 1; rest > 0; place--) {
      out.append((char) ('0' + rest / POWERS[place]));
      rest %= POWERS[place];
    }
  }
}
