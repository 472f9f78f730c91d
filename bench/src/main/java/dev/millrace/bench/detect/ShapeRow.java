package dev.millrace.bench.detect;

import java.util.List;

/**
 * What was found in series of one shape and noise, over all types.
 *
 * @param judged values in which a false alarm was possible
 */
record ShapeRow(
    Setting setting,
    Shape shape,
    double noise,
    int injected,
    int found,
    int incidents,
    int falseAlarms,
    long judged) {
  private static final double PER = 10_000;

  static ShapeRow of(Setting setting, Shape shape, double noise, List<Outcome> outcomes) {
    var findings = outcomes.stream().flatMap(outcome -> outcome.findings().stream()).toList();
    return new ShapeRow(
        setting,
        shape,
        noise,
        findings.size(),
        (int) findings.stream().filter(Finding::isFound).count(),
        outcomes.stream().mapToInt(Outcome::incidents).sum(),
        outcomes.stream().mapToInt(Outcome::falseAlarms).sum(),
        outcomes.stream().mapToLong(Outcome::judged).sum());
  }

  double recall() {
    return (double) found / injected;
  }

  /** Share of the incidents that are of an anomaly. */
  double precision() {
    return 1 - (double) falseAlarms / incidents;
  }

  /** False alarms in ten thousand values. */
  double falseRate() {
    return PER * falseAlarms / judged;
  }
}
