package dev.millrace.bench.sketch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Tries sketches on windows of every shape and size; all of them on the same ones. What it finds
 * depends on the seed alone, and for KLL on chance. One thread.
 */
final class Accuracy {
  static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);
  static final int[] SIZES = {5, 60, 1_000, 100_000};
  private static final int MOST_WINDOWS = 1_000;
  private static final int MOST_VALUES = 2_000_000;

  private final List<Sketch> sketches;
  private final long seed;

  Accuracy(List<Sketch> sketches, long seed) {
    this.sketches = List.copyOf(sketches);
    this.seed = seed;
  }

  List<Finding> measure() {
    var findings = new ArrayList<Finding>();
    for (var data : DataSet.values()) {
      for (var size : SIZES) {
        findings.addAll(measure(data, size, Math.min(MOST_WINDOWS, MOST_VALUES / size)));
      }
    }
    return findings;
  }

  List<Finding> measure(DataSet data, int size, int windows) {
    var random = new Random(Objects.hash(seed, data.toString(), size));
    var tallies = sketches.stream().map(Tally::new).toList();
    for (var window = 0; window < windows; window++) {
      var trial = new Trial(data.draw(size, random), random);
      tallies.forEach(tally -> tally.observe(trial));
    }
    return tallies.stream().map(tally -> tally.finding(data, size)).toList();
  }
}
