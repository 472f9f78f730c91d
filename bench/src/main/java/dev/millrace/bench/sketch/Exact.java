package dev.millrace.bench.sketch;

import java.util.Arrays;

/**
 * All values of a window, by which answers are judged. Immutable.
 *
 * <p>Libraries differ in what they call a quantile between two values: the lower one, the upper one
 * or something between. None of that is an error here: the quantile q of n values lies at rank q(n
 * - 1), and whatever is not below the value before that rank nor above the value behind it is
 * right.
 */
final class Exact {
  private final double[] sorted;

  Exact(double... values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** How far the answer is off, as a share of the nearest right one. */
  double valueError(double quantile, double answer) {
    var right = Math.max(sorted[before(quantile)], Math.min(sorted[behind(quantile)], answer));
    return answer == right ? 0 : Math.abs((answer - right) / right);
  }

  /**
   * How many ranks the answer is off, as a share of all values; less than a whole one between two
   * values counts as none. Equal values have many ranks and an answer that equals them the nearest
   * one, but an answer just above a constant has passed them all.
   */
  double rankError(double quantile, double answer) {
    var firstNotBelow = below(answer);
    var lastNotAbove = below(Math.nextUp(answer)) - 1;
    var tooHigh = Math.min(firstNotBelow, lastNotAbove) - behind(quantile);
    var tooLow = before(quantile) - Math.max(firstNotBelow, lastNotAbove);
    return Math.max(0, Math.max(tooHigh, tooLow)) / (double) sorted.length;
  }

  private int before(double quantile) {
    return (int) rank(quantile);
  }

  private int behind(double quantile) {
    return (int) Math.ceil(rank(quantile));
  }

  private double rank(double quantile) {
    return quantile * (sorted.length - 1);
  }

  /** How many values are smaller. */
  private int below(double answer) {
    var from = 0;
    var to = sorted.length;
    while (from < to) {
      var middle = (from + to) >>> 1;
      if (sorted[middle] < answer) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
