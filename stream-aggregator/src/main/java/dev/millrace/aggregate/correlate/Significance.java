package dev.millrace.aggregate.correlate;

/** Whether a correlation may be chance. Pure. */
final class Significance {
  /** Of a correlation of 1, Fisher's z is infinite; a greater one than this counts as this. */
  private static final double MOST = 0.99;

  /** From fewer independent pairs nothing follows: three bursts that coincide correlate by 1. */
  private static final double LEAST_SAMPLES = 30;

  private Significance() {}

  /**
   * Fisher's z of a correlation, in standard deviations of what independent series give.
   *
   * @param samples independent pairs of values it rests on
   */
  static double sigmas(double correlation, double samples) {
    return samples < LEAST_SAMPLES ? 0 : z(correlation) * Math.sqrt(samples - 3);
  }

  /** The lower end of an interval about the size of a correlation, so many sigmas wide each way. */
  static double atLeast(double correlation, double samples, double sigmas) {
    return samples < LEAST_SAMPLES
        ? 0
        : Math.tanh(Math.max(0, z(correlation) - sigmas / Math.sqrt(samples - 3)));
  }

  private static double z(double correlation) {
    var r = Math.min(MOST, Math.abs(correlation));
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  /**
   * How many sigmas a correlation has to have, either way, if so many are tried at once and by
   * chance none of them is to have them (Bonferroni).
   *
   * @param chance that one has
   */
  static double critical(double chance, long tried) {
    var tail = chance / 2 / Math.max(1, tried);
    // Abramowitz and Stegun 26.2.23: within 0.0005 of the quantile.
    var t = Math.sqrt(-2 * Math.log(tail));
    return t
        - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  }
}
