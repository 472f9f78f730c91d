package dev.millrace.aggregate.output;

import dev.millrace.aggregate.DetectionConfig;
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

  /**
   * Compiles the plan.
   *
   * @param identity dimensions and labels of the series
   */
  public BaselinePlan(RecordType type, Schema identity) {
    var fold = type.fold().orElseThrow();
    var names = new ArrayList<>(fold.baseline());
    names.addAll(fold.labels());
    this.origin = new Origin(type, identity, List.copyOf(names), MetricBaseline.getClassSchema());
  }

  /** The record of one slot of a scope. */
  public MetricBaseline record(
      SeriesIdentity scope, SeasonSlot season, Slot slot, DetectionConfig detection) {
    var baseline = detection.baseline();
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
    fillShape(learned, slot, baseline);
    fillThresholds(learned, slot.mean(), slot.stddev(baseline), detection.detector());
    learned.setBaselineStartDate(LocalDate.ofEpochDay(slot.firstDay()));
    learned.setBaselineEndDate(LocalDate.ofEpochDay(slot.lastDay()));
    learned.setCalculatedAt(Times.instant(slot.updatedMicros()));
    learned.setIsActive(true);
    learned.setConfidenceScore(slot.confidence(baseline));
    return learned;
  }

  private static void fillShape(MetricBaseline learned, Slot slot, BaselineConfig baseline) {
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

  private static void fillThresholds(
      MetricBaseline learned, double mean, double stddev, DetectorConfig detector) {
    learned.setWarnThresholdLow(mean - detector.sigmas().warning() * stddev);
    learned.setWarnThresholdHigh(mean + detector.sigmas().warning() * stddev);
    learned.setCritThresholdLow(mean - detector.sigmas().critical() * stddev);
    learned.setCritThresholdHigh(mean + detector.sigmas().critical() * stddev);
  }
}
