package dev.millrace.sink.queries;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Statistics as SQL defines them, worked out on lists: nulls do not count, and of nothing is null.
 */
final class Figures {
  private final double[] sorted;

  private Figures(double[] sorted) {
    this.sorted = sorted;
  }

  static Figures of(List<? extends Number> values) {
    var present =
        values.stream().filter(Objects::nonNull).mapToDouble(Number::doubleValue).toArray();
    Arrays.sort(present);
    return new Figures(present);
  }

  long count() {
    return sorted.length;
  }

  Double sum() {
    return sorted.length == 0 ? null : Arrays.stream(sorted).sum();
  }

  Double mean() {
    return sorted.length == 0 ? null : sum() / sorted.length;
  }

  Double min() {
    return sorted.length == 0 ? null : sorted[0];
  }

  Double max() {
    return sorted.length == 0 ? null : sorted[sorted.length - 1];
  }

  /** Of a sample: over one less than the count. */
  Double deviation() {
    if (sorted.length < 2) {
      return null;
    }
    var mean = mean();
    var squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (sorted.length - 1));
  }

  /** Between the two values next to it, in proportion. */
  Double quantile(double fraction) {
    if (sorted.length == 0) {
      return null;
    }
    var place = fraction * (sorted.length - 1);
    var below = (int) Math.floor(place);
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
