package dev.millrace.aggregate.output;

import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.anomaly.Score;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.AnomalyEvent;
import dev.millrace.schema.insight.IncidentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.avro.Schema;

/** How the steps of incidents in the series of one raw type become records. Immutable. */
public final class AnomalyPlan {
  private static final String SERIES = "series";

  private final Origin origin;
  private final long windowMs;

  /**
   * Compiles the plan.
   *
   * @param identity dimensions and labels of the series
   */
  public AnomalyPlan(RecordType type, Schema identity) {
    var fold = type.fold().orElseThrow();
    var names = new ArrayList<>(fold.series());
    names.addAll(fold.labels());
    this.origin = new Origin(type, identity, List.copyOf(names), AnomalyEvent.getClassSchema());
    this.windowMs = fold.windows().get(0).tier().micros() / 1_000;
  }

  /**
   * The record of one step.
   *
   * @param series whose incident it is
   * @param scope whose baseline it was judged by
   * @param detector by which it was judged
   */
  public AnomalyEvent record(
      SeriesIdentity series, SeriesIdentity scope, IncidentStep step, DetectorConfig detector) {
    var event = new AnomalyEvent();
    origin.copy(series.identity(), event);
    event.setIncidentId(incident(series, step.detectedMicros()));
    event.setSeriesKey(series.id(origin.topic(), SERIES));
    event.setSourceTopic(origin.topic());
    event.setScopeType(origin.scope());
    event.setSeries(origin.names(series.identity()));
    event.setMetricName(series.metric());
    event.setMetricUnit(origin.unit(series));
    event.setWindowMs(windowMs);
    fillStep(event, step);
    fillScore(event, step.score(), detector);
    event.setBaselineKey(scope.id(origin.topic(), step.score().norm().slot().toString()));
    event.setDescription(describe(series, step));
    return event;
  }

  /** The id of the incident of a series that was detected then. */
  public UUID incident(SeriesIdentity series, long detectedMicros) {
    return series.id(origin.topic(), Long.toString(detectedMicros));
  }

  private static void fillStep(AnomalyEvent event, IncidentStep step) {
    event.setStatus(step.status());
    event.setRevision(step.revision());
    event.setSeverity(step.severity());
    event.setAnomalyType(step.type());
    event.setAnomalousWindows(step.anomalousWindows());
    event.setDetectedAt(Times.instant(step.detectedMicros()));
    event.setUpdatedAt(Times.instant(step.updatedMicros()));
    event.setResolvedAt(
        step.resolvedMicros().isPresent()
            ? Times.instant(step.resolvedMicros().getAsLong())
            : null);
  }

  private static void fillScore(AnomalyEvent event, Score score, DetectorConfig detector) {
    var norm = score.norm();
    event.setMetricValue(score.value());
    event.setExpected(norm.mean());
    event.setLowerBound(score.bound(-detector.sigmas().warning()));
    event.setUpperBound(score.bound(detector.sigmas().warning()));
    event.setBaselineMean(norm.mean());
    event.setBaselineStddev(norm.stddev());
    event.setTimePeriod(Times.period(norm.slot()));
    event.setHourOfDay(Times.hour(norm.slot()));
    event.setDayOfWeek(Times.day(norm.slot()));
    event.setSamplesSeen(norm.samples());
    event.setDeviationSigma(score.sigma());
    event.setAnomalyScore(score.rarity() > 0 ? score.anomaly() : null);
    event.setDeviationPct(Double.isFinite(score.percent()) ? score.percent() : null);
  }

  private static String describe(SeriesIdentity series, IncidentStep step) {
    var score = step.score();
    var over = step.status() == IncidentStatus.closed ? "was" : "is";
    return String.format(
        Locale.ROOT,
        "%s %s %.4g, expected %.4g: %+.1f sigma over %d window%s",
        series.metric(),
        over,
        score.value(),
        score.norm().mean(),
        score.sigma(),
        step.anomalousWindows(),
        step.anomalousWindows() == 1 ? "" : "s");
  }
}
