package dev.millrace.aggregate.baseline;

/**
 * How baselines learn. Immutable.
 *
 * @param minSamples windows a slot must have learned from before it judges
 * @param minWeeks distinct weeks an hour of the week must have been seen in before it is preferred
 *     to the hour of the day
 * @param halfLifeMicros event time after which what was learned weighs half
 * @param clipSigma deviations beyond this many standard deviations are learned as if they were this
 *     far, and weigh the less the farther they are
 * @param floorAbsolute least standard deviation, in the metric's unit
 * @param floorRelative least standard deviation, as a share of the mean's magnitude
 */
public record BaselineConfig(
    int minSamples,
    int minWeeks,
    long halfLifeMicros,
    double clipSigma,
    double floorAbsolute,
    double floorRelative) {

  public BaselineConfig {
    if (minSamples < 2 || minWeeks < 1 || halfLifeMicros < 1) {
      throw new IllegalArgumentException(
          "a baseline needs 2 samples, 1 week and a half-life at least, not %d, %d and %d µs"
              .formatted(minSamples, minWeeks, halfLifeMicros));
    }
    if (!(clipSigma > 0) || !(floorAbsolute > 0) || !(floorRelative >= 0)) {
      throw new IllegalArgumentException(
          "clip %s and absolute floor %s must be above 0, relative floor %s not below"
              .formatted(clipSigma, floorAbsolute, floorRelative));
    }
  }
}
