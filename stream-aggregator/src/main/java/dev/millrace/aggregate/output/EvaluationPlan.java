package dev.millrace.aggregate.output;

import dev.millrace.aggregate.learn.Ledger;
import dev.millrace.schema.Insight;
import dev.millrace.schema.insight.MlModelMetric;

/**
 * How the evaluation of a model becomes a record. What nothing is known of is null: the share of
 * what was taken for normal and was not, and with it accuracy, always. Immutable.
 */
public final class EvaluationPlan {
  private final Insight.Evaluation spec;

  public EvaluationPlan(Insight.Evaluation spec) {
    this.spec = spec;
  }

  /** The record of a day. */
  public MlModelMetric record(Ledger.Evaluation day) {
    var metric = new MlModelMetric();
    var tally = day.tally();
    metric.setModelName(spec.model());
    metric.setModelVersion(spec.version());
    metric.setPrecisionScore(known(tally.precision()));
    metric.setRecallScore(known(tally.recall()));
    metric.setF1Score(known(tally.f1()));
    metric.setPredictionsMade(tally.detected());
    metric.setTruePositives(tally.confirmed());
    metric.setFalsePositives(tally.falsePositives());
    metric.setEvaluatedAt(Times.instant(day.end()));
    return metric;
  }

  private static Double known(double share) {
    return Double.isNaN(share) ? null : (Double) share;
  }
}
