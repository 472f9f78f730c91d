package dev.millrace.bench.fold;

import dev.millrace.schema.Tier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the windows of a {@link FoldTraffic} must hold in the end, told from the samples and the one
 * rule of lateness: a window takes what comes before its series has seen a time past its end and
 * the lateness. Values are sixteenths, so that sums are exact in any order.
 */
final class Expected {
  private final Map<Place, Figures> windows = new HashMap<>();

  /** Which window. */
  record Place(String asset, Tier tier, long begin) {}

  /** What a window holds. */
  record Figures(long count, double min, double max, double sum) {
    private Figures plus(Figures other) {
      return new Figures(
          count + other.count, Math.min(min, other.min), Math.max(max, other.max), sum + other.sum);
    }
  }

  /**
   * Recomputes the windows.
   *
   * @param samples how many were published
   * @param latenessMicros of every tier
   */
  Expected(FoldTraffic traffic, long samples, long latenessMicros, Iterable<Tier> tiers) {
    var latest = new long[FoldTraffic.SERIES];
    Arrays.fill(latest, Long.MIN_VALUE);
    for (var number = 0L; number < samples; number++) {
      var sample = traffic.value(number);
      var series = sample.series();
      latest[series] = Math.max(latest[series], sample.micros());
      var figures = new Figures(1, sample.value(), sample.value(), sample.value());
      for (var tier : tiers) {
        var begin = tier.begin(sample.micros());
        if (tier.end(begin) + latenessMicros > latest[series]) {
          windows.merge(new Place(FoldTraffic.asset(series), tier, begin), figures, Figures::plus);
        }
      }
    }
  }

  Map<Place, Figures> windows() {
    return windows;
  }
}
