package dev.millrace.bench.detect;

import dev.millrace.schema.insight.AnomalyType;
import java.util.List;

/**
 * What was found of one type of anomaly, over all shapes and noises.
 *
 * @param right those found whose incident said this type
 * @param first those injected that were the first of their series
 * @param firstFound and those of these that were found
 * @param delay median of the windows from begin to incident, both included; 0 if none was found
 */
record TypeRow(
    Setting setting,
    AnomalyType type,
    int injected,
    int found,
    int right,
    int first,
    int firstFound,
    int delay) {

  static TypeRow of(Setting setting, AnomalyType type, List<Outcome> outcomes) {
    var all =
        outcomes.stream()
            .flatMap(outcome -> outcome.findings().stream())
            .filter(finding -> finding.type() == type)
            .toList();
    var first = all.stream().filter(Finding::isFirst).toList();
    var delays = all.stream().filter(Finding::isFound).map(Finding::delay).sorted().toList();
    return new TypeRow(
        setting,
        type,
        all.size(),
        delays.size(),
        (int) all.stream().filter(Finding::hasRightType).count(),
        first.size(),
        (int) first.stream().filter(Finding::isFound).count(),
        delays.isEmpty() ? 0 : delays.get(delays.size() / 2));
  }

  double recall() {
    return (double) found / injected;
  }

  double firstRecall() {
    return (double) firstFound / first;
  }
}
