package dev.millrace.bench.sketch;

import java.util.List;

/**
 * How one sketch did over many windows of one shape and size.
 *
 * @param data what the windows were filled with
 * @param values a window
 * @param windows that were tried
 * @param added errors after every value was added to one sketch
 * @param merged errors after the sketches of its parts were merged
 * @param bytes of the state after adding, in the mean
 * @param again the same values once more, in the same order
 * @param stored the same once more, the state taken when half of the values were in
 * @param reordered the same values in another order
 * @param parted the parts merged, beside every value added
 * @param partsReordered the parts merged in another order, beside in theirs
 */
record Finding(
    DataSet data,
    int values,
    int windows,
    Sketch sketch,
    Errors added,
    Errors merged,
    double bytes,
    Differing again,
    Differing stored,
    Differing reordered,
    Differing parted,
    Differing partsReordered) {

  /**
   * The largest ones, a quantile each, in the order of {@link Accuracy#QUANTILES}.
   *
   * @param value as {@link Exact#valueError}
   * @param rank as {@link Exact#rankError}
   */
  record Errors(List<Double> value, List<Double> rank) {
    double largestValue() {
      return largest(value);
    }

    double largestRank() {
      return largest(rank);
    }

    private static double largest(List<Double> errors) {
      return errors.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
  }

  /**
   * The share of windows in which the second way gave something else than the first.
   *
   * @param answers at least one quantile is another
   * @param bytes the stored state is another
   */
  record Differing(double answers, double bytes) {}
}
