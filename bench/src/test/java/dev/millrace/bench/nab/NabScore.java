package dev.millrace.bench.nab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores a detector as the Numenta Anomaly Benchmark does: the first row of a window that reaches
 * the threshold counts, the earlier the more; one outside costs, the more the farther it is behind
 * the latest window. The first rows of a series are not scored. One threshold for all series, the
 * best. 0 is silence, 100 is the first row of every window and nothing else.
 */
final class NabScore {
  private static final double PROBATION = 0.15;
  private static final int LONGEST_PROBATION = 750;
  private static final int OUTSIDE = -1;
  private static final double FIRST = points(-1);

  private record Row(double score, int window, double points) {}

  private final List<Row> rows = new ArrayList<>();
  private int windows;

  /**
   * Adds a series.
   *
   * @param times ascending but for few
   * @param spans begin and end of each window, both inclusive
   */
  void add(List<Long> times, List<Double> scores, List<long[]> spans) {
    var all =
        new ArrayList<>(IntStream.range(0, times.size()).mapToObj(i -> unlabelled()).toList());
    var sorted = spans.stream().sorted(Comparator.comparingLong(span -> span[0])).toList();
    for (var span : sorted) {
      label(all, times, span);
    }
    var first = (int) Math.min(Math.floor(PROBATION * times.size()), LONGEST_PROBATION);
    for (var i = first; i < times.size(); i++) {
      rows.add(new Row(scores.get(i), all.get(i).window(), all.get(i).points()));
    }
  }

  private static Row unlabelled() {
    return new Row(0, OUTSIDE, -1);
  }

  private void label(List<Row> all, List<Long> times, long[] span) {
    var begin = times.indexOf(span[0]);
    var end = begin + times.subList(begin, times.size()).indexOf(span[1]);
    var width = end - begin + 1;
    for (var i = begin; i <= end; i++) {
      all.set(i, new Row(0, windows, points(-(end - i + 1.0) / width) / FIRST));
    }
    for (var i = end + 1; i < all.size(); i++) {
      all.set(i, new Row(0, OUTSIDE, points((i - end) / (width - 1.0))));
    }
    windows++;
  }

  private static double points(double position) {
    return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }

  /**
   * The score.
   *
   * @param missed what a missed window costs; 1 in the standard profile
   * @param falseAlarm weight of a row outside; 0.11 in the standard profile
   */
  double of(double missed, double falseAlarm) {
    var descending =
        rows.stream().sorted(Comparator.comparingDouble(Row::score).reversed()).toList();
    var found = new HashMap<Integer, Double>();
    var hits = 0.0;
    var alarms = 0.0;
    var best = 0.0;
    for (var i = 0; i < descending.size(); i++) {
      var row = descending.get(i);
      if (row.window() == OUTSIDE) {
        alarms += row.points();
      } else {
        var before = found.getOrDefault(row.window(), 0.0);
        hits += Math.max(0, row.points() - before);
        found.merge(row.window(), row.points(), Math::max);
      }
      var more = i + 1 < descending.size() && descending.get(i + 1).score() == row.score();
      if (!more) {
        best = Math.max(best, hits + missed * found.size() + falseAlarm * alarms);
      }
    }
    return 100 * best / (windows * (1 + missed));
  }
}
