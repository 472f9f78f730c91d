package dev.millrace.aggregate.correlate;

import dev.millrace.schema.Tier;

/**
 * How finely series are compared.
 *
 * @param step what one value is of
 * @param lags how many steps one series may follow another by
 * @param memory how many steps back a series is compared with itself
 * @param warmUp steps before the scale of a series is known
 * @param minSamples pairs of values before anything is said
 */
record Resolution(Tier step, int lags, int memory, int warmUp, int minSamples) {
  /** Up to a quarter of an hour behind; two days of pairs. */
  static final Resolution FINE = new Resolution(Tier.FIVE_MINUTES, 3, 24, 144, 576);

  /** Up to two hours behind; three days of pairs. What is slow drowns in the noise of minutes. */
  static final Resolution COARSE = new Resolution(Tier.ONE_HOUR, 2, 12, 12, 72);

  /** How many lags are tried, both ways and none. */
  int tried() {
    return 2 * lags + 1;
  }
}
