package dev.millrace.aggregate.correlate;

import java.util.Map;

/** Is told what a group of series comes to. */
public interface GroupListener {

  /** A correlation was found, has been seen to hold for another day, or holds no longer. */
  void found(Finding finding);

  /**
   * An hour has ended.
   *
   * @param begin its begin, microseconds since the epoch
   * @param steps the values of its five minutes by series; NaN where there is none
   */
  default void ended(long begin, Map<SeriesName, double[]> steps) {}
}
