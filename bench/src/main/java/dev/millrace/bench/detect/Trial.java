package dev.millrace.bench.detect;

import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.detect.SeriesDetector;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Runs the detector over one generated series and compares what it says with what was put in. An
 * incident is of an anomaly if it opens within it, or a little later. Used once.
 */
final class Trial {
  private final Plan plan;
  private final int from;
  private final Map<Label, Integer> opened = new HashMap<>();
  private final Map<Label, AnomalyType> said = new HashMap<>();
  private Optional<Label> current = Optional.empty();
  private int now;
  private int incidents;
  private int falseAlarms;
  private int judged;

  private Trial(Plan plan, int from) {
    this.plan = plan;
    this.from = from;
  }

  /**
   * Runs it.
   *
   * @param from window before which nothing counts
   * @param until window before which the series ends
   */
  static Outcome run(Plan plan, int from, int until, Random random) {
    return new Trial(plan, from).run(until, random);
  }

  private Outcome run(int until, Random random) {
    var config = plan.setting().detection();
    var detector = new SeriesDetector(config.baseline(), config.detector(), this::step);
    new GeneratedSeries(plan, random)
        .replay(
            until,
            (window, micros, value) -> {
              now = window;
              judged += window >= from ? 1 : 0;
              detector.judge(micros, value);
            });
    var findings = plan.labels().stream().map(this::finding).toList();
    return new Outcome(plan, findings, incidents, falseAlarms, judged);
  }

  private void step(IncidentStep step) {
    if (step.status() == IncidentStatus.opened) {
      opened();
    }
    current.ifPresent(label -> said.put(label, step.type()));
  }

  private void opened() {
    var label = plan.labelOf(now);
    if (now >= from) {
      incidents++;
      falseAlarms += label.isEmpty() ? 1 : 0;
    }
    current = label.filter(each -> !opened.containsKey(each));
    current.ifPresent(each -> opened.put(each, now));
  }

  private Finding finding(Label label) {
    var before = plan.labels().subList(0, plan.labels().indexOf(label));
    return new Finding(
        label.type(),
        before.isEmpty(),
        before.stream().anyMatch(each -> each.type() == AnomalyType.level_change),
        Optional.ofNullable(said.get(label)),
        opened.getOrDefault(label, 0) - label.begin() + 1);
  }
}
