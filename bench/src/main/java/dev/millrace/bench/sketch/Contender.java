package dev.millrace.bench.sketch;

/**
 * One sketch of one window, behind the same four steps for every library. Empty when made. Not for
 * use by several threads.
 *
 * <p>Values are added from an array, so that the loop around a library's own {@code add} is
 * compiled for that library alone and no side pays for the others.
 */
sealed interface Contender permits OurContender, DdSketchContender, KllContender, TDigestContender {

  /** Adds {@code values[from]} to {@code values[to - 1]}, one by one. */
  void add(double[] values, int from, int to);

  /** Adds everything {@code other} holds, which must be of the same kind. */
  void merge(Contender other);

  /** The values at the given quantiles, ascending, of a sketch that is not empty. */
  double[] at(double... quantiles);

  /** The state as it would be stored. */
  byte[] bytes();
}
