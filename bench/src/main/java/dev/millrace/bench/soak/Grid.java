package dev.millrace.bench.soak;

import dev.millrace.schema.Tier;
import java.util.Arrays;

/**
 * A number of samples for every window of the finest tier of every series: four bytes a window, so
 * that millions fit. One thread.
 */
final class Grid {
  private static final Tier TIER = Tier.FIVE_SECONDS;

  private final int[][] counts;
  private final long firstBegin;

  /**
   * An empty one.
   *
   * @param fromMicros a time in the first window
   */
  Grid(int series, long fromMicros) {
    counts = new int[series][0];
    firstBegin = TIER.begin(fromMicros);
  }

  /** Counts a sample. */
  void add(int series, long micros) {
    var window = window(series, TIER.begin(micros));
    counts[series][window]++;
  }

  /** Notes what a window says it holds, in place of what it said before. */
  void set(int series, long begin, long samples) {
    var window = window(series, begin);
    counts[series][window] = Math.toIntExact(samples);
  }

  private int window(int series, long begin) {
    var window = Math.toIntExact((begin - firstBegin) / TIER.micros());
    if (window >= counts[series].length) {
      counts[series] = Arrays.copyOf(counts[series], Math.max(window + 1, 2 * window));
    }
    return window;
  }

  /** Of all windows. */
  long samples() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).asLongStream().sum();
  }

  /** Windows that hold a sample. */
  long windows() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).filter(count -> count > 0).count();
  }

  /** Windows of either that are not the same in both. */
  long differing(Grid other) {
    var differing = 0L;
    for (var series = 0; series < counts.length; series++) {
      var longest = Math.max(counts[series].length, other.counts[series].length);
      for (var window = 0; window < longest; window++) {
        differing += count(series, window) == other.count(series, window) ? 0 : 1;
      }
    }
    return differing;
  }

  private int count(int series, int window) {
    return window < counts[series].length ? counts[series][window] : 0;
  }
}
