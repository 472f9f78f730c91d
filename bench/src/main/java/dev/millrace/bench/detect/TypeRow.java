package dev.millrace.bench.detect;

import dev.millrace.schema.insight.AnomalyType;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found of one type of anomaly, over all shapes and noises.
 *
 * @param right those found whose incident said this type
 * @param first of those that were the first of their series
 * @param afterNewLevel of those whose series had changed its level before
 * @param delay median of the windows from begin to incident, both included; 0 if none was found
 */
record TypeRow(
    Setting setting,
    AnomalyType type,
    Share all,
    Share first,
    Share afterNewLevel,
    int right,
    int delay) {

  /** How many of some anomalies were found. */
  record Share(int injected, int found) {

    static Share of(Stream<Finding> findings) {
      var all = findings.toList();
      return new Share(all.size(), (int) all.stream().filter(Finding::isFound).count());
    }

    /** Not a number where there are none. */
    double recall() {
      return (double) found / injected;
    }
  }

  static TypeRow of(Setting setting, AnomalyType type, List<Outcome> outcomes) {
    var all =
        outcomes.stream()
            .flatMap(outcome -> outcome.findings().stream())
            .filter(finding -> finding.type() == type)
            .toList();
    var delays = all.stream().filter(Finding::isFound).map(Finding::delay).sorted().toList();
    return new TypeRow(
        setting,
        type,
        Share.of(all.stream()),
        Share.of(all.stream().filter(Finding::isFirst)),
        Share.of(all.stream().filter(Finding::afterNewLevel)),
        (int) all.stream().filter(Finding::hasRightType).count(),
        delays.isEmpty() ? 0 : delays.get(delays.size() / 2));
  }
}
