package dev.millrace.aggregate.correlate;

import java.util.Random;

/** Independent series, each like its own past: AR(1), of unit variance, the same in every run. */
final class Noise {
  private final double phi;
  private final Random random;
  private final double[] values;

  Noise(double phi, int series, long seed) {
    this.phi = phi;
    this.random = new Random(seed);
    this.values = new double[series];
    for (var i = 0; i < series; i++) {
      values[i] = random.nextGaussian();
    }
  }

  /** The next value of each. */
  double[] next() {
    for (var i = 0; i < values.length; i++) {
      values[i] = phi * values[i] + Math.sqrt(1 - phi * phi) * random.nextGaussian();
    }
    return values.clone();
  }
}
