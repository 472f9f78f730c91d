package dev.millrace.bench.report;

import java.util.List;

/**
 * What was measured of one thing, in the order it was measured. Immutable.
 *
 * @param values at least one
 */
public record Samples(List<Double> values) {

  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
  }

  public static Samples of(double... values) {
    return new Samples(java.util.Arrays.stream(values).boxed().toList());
  }

  /** The middle value; of an even number, the mean of the two in the middle. */
  public double median() {
    var sorted = sorted();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * The smallest value that at least the given share of all values is not above (nearest rank).
   *
   * @param share above 0, at most 1
   */
  public double quantile(double share) {
    var rank = (int) Math.ceil(share * values.size());
    return sorted().get(Math.max(1, rank) - 1);
  }

  public double min() {
    return sorted().get(0);
  }

  public double max() {
    return sorted().get(values.size() - 1);
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }
}
