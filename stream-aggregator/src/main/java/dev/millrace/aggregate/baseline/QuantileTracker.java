package dev.millrace.aggregate.baseline;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;

/**
 * Follows the 5th, 50th, 95th and 99th percentile of a stream in four numbers (Robbins and Monro):
 * each value pushes each estimate up or down, by less the more was seen. Only on which side a value
 * lies counts, so an outlier pushes no harder than its neighbour; and the push never falls below a
 * floor, so estimates follow a change.
 *
 * <p>Steps are scaled for a bell curve: on one, estimates are within about 0.1 standard deviations
 * (0.3 for the 99th) after a thousand values.
 */
final class QuantileTracker {
  static final int WARM_UP = 16;
  private static final double[] PROBABILITIES = {0.05, 0.5, 0.95, 0.99};

  /** Where a standard normal has these percentiles, and one over its density there. */
  private static final double[] NORMAL = {-1.6449, 0, 1.6449, 2.3263};

  private static final double[] SPREAD = {9.696, 2.507, 9.696, 37.52};
  private static final double SLOWEST = 2_000;

  private final double[] estimates = new double[PROBABILITIES.length];

  /** Begins with the percentiles of a bell curve. */
  void begin(double mean, double stddev) {
    for (var i = 0; i < estimates.length; i++) {
      estimates[i] = mean + NORMAL[i] * stddev;
    }
  }

  /** Moves towards one more value, after {@code weight} of them with this standard deviation. */
  void add(double value, double weight, double stddev) {
    for (var i = 0; i < estimates.length; i++) {
      var step = stddev * Math.min(1, SPREAD[i] / Math.min(weight, SLOWEST));
      estimates[i] += step * (value < estimates[i] ? PROBABILITIES[i] - 1 : PROBABILITIES[i]);
    }
  }

  void shift(double delta) {
    for (var i = 0; i < estimates.length; i++) {
      estimates[i] += delta;
    }
  }

  /** The percentiles in ascending order. */
  double[] estimates() {
    var sorted = estimates.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  QuantileTracker copy() {
    var copy = new QuantileTracker();
    System.arraycopy(estimates, 0, copy.estimates, 0, estimates.length);
    return copy;
  }

  void encode(StateWriter out) {
    for (var estimate : estimates) {
      out.writeDouble(estimate);
    }
  }

  static QuantileTracker decode(StateReader in) {
    var tracker = new QuantileTracker();
    for (var i = 0; i < tracker.estimates.length; i++) {
      tracker.estimates[i] = in.readDouble();
    }
    return tracker;
  }
}
