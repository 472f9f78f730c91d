package dev.millrace.aggregate.correlate;

/**
 * What two series have to show for each other at one resolution, at the lag that shows most.
 *
 * @param lag by how many steps the series of the higher slot follows; below 0, it leads
 * @param samples pairs of values
 * @param effective independent ones that would say as much; 0 of what is too weak to matter
 * @param steadiness root of the number of blocks of time in which they show it; 0 as well
 */
record Candidate(
    Resolution resolution,
    int lag,
    double correlation,
    double samples,
    double effective,
    double steadiness) {
  /** What is weaker is of no use, however sure. */
  private static final double FOUND = 0.3;

  /** What was found is kept until it is this weak. */
  private static final double KEPT = 0.2;

  /** Neighbouring lags of smooth series show nearly the same: another has to show so much more. */
  private static final double CLEARLY = 0.05;

  /** To move together in nine blocks of time, in two days and more, is no chance encounter. */
  private static final double STEADY = 3;

  private static final double INTERVAL_99 = 2.576;

  /** At the lag given, unless another one shows clearly more. */
  static Candidate at(Correlogram sums, int low, int high, int lag) {
    var best = sums.lag(low, high, lag, CLEARLY);
    var correlation = sums.correlation(low, high, best);
    var samples = sums.samples(low, high);
    // What is too weak anyhow, as nearly all are, need not be known better.
    var weak = Math.abs(correlation) < KEPT;
    var effective = weak ? 0 : sums.effectiveSamples(low, high);
    var steadiness = weak ? 0 : sums.steadiness(low, high, best);
    return new Candidate(sums.resolution(), best, correlation, samples, effective, steadiness);
  }

  double sigmas() {
    return Significance.sigmas(correlation, effective);
  }

  /**
   * Whether it is to be published.
   *
   * @param critical sigmas that no chance has
   */
  boolean isFound(double critical) {
    return samples >= resolution.minSamples()
        && Math.abs(correlation) >= FOUND
        && sigmas() >= critical
        && steadiness >= STEADY;
  }

  /** Whether what was found still holds: half of what was asked for is enough. */
  boolean holds(double critical) {
    return samples >= resolution.minSamples() / 2.0
        && Math.abs(correlation) >= KEPT
        && sigmas() >= critical / 2;
  }

  /** The lower end of the 99 % interval of the size, in percent of it. */
  double confidence() {
    var size = Math.abs(correlation);
    return size == 0
        ? 0
        : 100 * Math.min(1, Significance.atLeast(correlation, effective, INTERVAL_99) / size);
  }
}
