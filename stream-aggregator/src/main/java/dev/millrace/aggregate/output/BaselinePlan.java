package dev.millrace.aggregate.output;

import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.baseline.BaselineConfig;
import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.aggregate.baseline.Slot;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.MetricBaseline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** How the baselines of one raw type become records. Immutable. */
public final class BaselinePlan {
  private final Origin origin;
  private final BaselineConfig baseline;
  private final DetectorConfig detector;

  /**
   * Compiles the plan.
   *
   * @param identity dimensions and labels of the series
   */
  public BaselinePlan(
      RecordType type, Schema identity, BaselineConfig baseline, DetectorConfig detector) {
    var fold = type.fold().orElseThrow();
    var names = new ArrayList<>(fold.baseline());
    names.addAll(fold.labels());
    this.origin = new Origin(type, identity, List.copyOf(names), MetricBaseline.getClassSchema());
    this.baseline = baseline;
    this.detector = detector;
  }

  /** The record of one slot of a scope. */
  public MetricBaseline record(SeriesIdentity scope, SeasonSlot season, Slot slot) {
    var learned = new MetricBaseline();
    origin.copy(scope.identity(), learned);
    learned.setBaselineKey(scope.id(origin.topic(), season.toString()));
    learned.setSourceTopic(origin.topic());
    learned.setScopeType(origin.scope());
    learned.setSeries(origin.names(scope.identity()));
    learned.setMetricName(scope.metric());
    learned.setMetricUnit(origin.unit(scope));
    learned.setTimePeriod(Times.period(season));
    learned.setHourOfDay(Times.hour(season));
    learned.setDayOfWeek(Times.day(season));
    fillShape(learned, slot);
    fillThresholds(learned, slot.mean(), slot.stddev(baseline));
    learned.setBaselineStartDate(LocalDate.ofEpochDay(slot.firstDay()));
    learned.setBaselineEndDate(LocalDate.ofEpochDay(slot.lastDay()));
    learned.setCalculatedAt(Times.instant(slot.updatedMicros()));
    learned.setIsActive(true);
    learned.setConfidenceScore(slot.confidence(baseline));
    return learned;
  }

  private void fillShape(MetricBaseline learned, Slot slot) {
    var percentiles = slot.percentiles(baseline);
    learned.setSampleCount(slot.samples());
    learned.setBaselineMean(slot.mean());
    learned.setBaselineStddev(slot.stddev(baseline));
    learned.setBaselineMin(slot.min());
    learned.setBaselineMax(slot.max());
    learned.setBaselineP5(percentiles[0]);
    learned.setBaselineMedian(percentiles[1]);
    learned.setBaselineP95(percentiles[2]);
    learned.setBaselineP99(percentiles[3]);
  }

  private void fillThresholds(MetricBaseline learned, double mean, double stddev) {
    learned.setWarnThresholdLow(mean - detector.sigmas().warning() * stddev);
    learned.setWarnThresholdHigh(mean + detector.sigmas().warning() * stddev);
    learned.setCritThresholdLow(mean - detector.sigmas().critical() * stddev);
    learned.setCritThresholdHigh(mean + detector.sigmas().critical() * stddev);
  }
}
