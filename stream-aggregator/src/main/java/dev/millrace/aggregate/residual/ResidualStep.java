package dev.millrace.aggregate.residual;

/**
 * What five minutes of a series came to, or a part of them.
 *
 * @param begin of the five minutes, microseconds since the epoch
 * @param samples judged windows, at least one
 * @param value mean of their values
 * @param expected mean of what was expected of them
 * @param sigma mean of their deviations, each in standard deviations
 * @param min smallest value
 * @param max largest value
 * @param stddev sample standard deviation of the values; NaN of a single one
 */
public record ResidualStep(
    long begin,
    int samples,
    double value,
    double expected,
    double sigma,
    double min,
    double max,
    double stddev) {

  /** Value less what was expected. */
  public double residual() {
    return value - expected;
  }
}
