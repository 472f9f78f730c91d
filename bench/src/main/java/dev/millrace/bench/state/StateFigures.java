package dev.millrace.bench.state;

import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Collects what was found of so many series. One thread. */
final class StateFigures {
  private static final double HUNDREDTHS = 100;

  private final StateSuite.Size size;
  private final List<Figure> figures = new ArrayList<>();

  StateFigures(StateSuite.Size size) {
    this.size = size;
  }

  List<Figure> all() {
    return figures;
  }

  /** The heap, after a collection, before the first series, with half of them, with all. */
  void heap(long empty, long half, long full) {
    add(
        "heap",
        "bytes a series",
        Samples.of((full - half) / (size.series() / 2.0)),
        Map.of("empty_mb", empty / 1e6, "all_mb", full / 1e6));
  }

  void changelog(Changelog changelog) {
    add(
        "changelog",
        "bytes a series",
        Samples.of((double) changelog.bytes() / size.series()),
        Map.of("records", changelog.keys()));
  }

  void written(long bytes, Changelog changelog, long samples) {
    add(
        "written",
        "bytes a sample",
        Samples.of((double) bytes / samples),
        Map.of(
            "records_a_sample",
            (double) changelog.offsets() / samples,
            "seconds_between_samples",
            size.series() / 2.0 / size.rate()));
  }

  void restarts(List<Restart> restarts) {
    add("start", "s", samples(restarts, Restart::seconds), Map.of());
    add(
        "restore",
        "s",
        samples(restarts, Restart::restoringSeconds),
        Map.of(
            "mb", samples(restarts, Restart::megabytes).median(),
            "mb_s", samples(restarts, Restart::megabytesASecond).median(),
            "records", samples(restarts, restart -> (double) restart.records()).median()));
  }

  void takeover(int standbys, List<Takeover.Time> times) {
    add(
        standbys == 0 ? "takeover" : "takeover_standby",
        "s",
        samples(times, Takeover.Time::seconds),
        Map.of("since_kill_s", samples(times, Takeover.Time::sinceKill).median()));
  }

  private void add(String name, String unit, Samples samples, Map<String, Object> more) {
    var details = new LinkedHashMap<String, Object>();
    details.put("series", size.series());
    more.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(detail -> details.put(detail.getKey(), rounded(detail.getValue())));
    figures.add(new Figure(name, unit, samples, details));
  }

  private static Object rounded(Object value) {
    return value instanceof Double exact ? Math.round(exact * HUNDREDTHS) / HUNDREDTHS : value;
  }

  private static <T> Samples samples(List<T> rounds, Function<T, Double> value) {
    return new Samples(rounds.stream().map(value).toList());
  }
}
