package dev.millrace.aggregate.detect;

import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.anomaly.Feedback;
import dev.millrace.aggregate.anomaly.History;
import dev.millrace.aggregate.anomaly.IncidentListener;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.baseline.BaselineConfig;
import dev.millrace.aggregate.baseline.Baselines;
import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.schema.insight.AnomalyType;
import java.util.Optional;

/**
 * One series outside of Kafka Streams: each of its values is judged by what is normal so far, by
 * the very classes that judge the windows of the aggregator, and then learned.
 *
 * <p>A value counts as a window that lasts until the next one usually comes. Whether something is
 * missing the aggregator notices by the clock; here there is none, so it is noticed with the first
 * value after the gap ({@link Spacing}). Not for use by several threads. Memory: 2 KB, and up to 33
 * KB of baselines.
 */
public final class SeriesDetector {
  private final Baselines baselines;
  private final Detector detector;
  private final double warningSigma;
  private final HeapSlots slots = new HeapSlots();
  private final Watch watch = new Watch();
  private final History history = new History();
  private final Spacing spacing = new Spacing();
  private final Steps steps;
  private long last = Long.MIN_VALUE;

  /**
   * Knows nothing yet.
   *
   * @param out is told of every incident
   */
  public SeriesDetector(BaselineConfig learning, DetectorConfig judging, IncidentListener out) {
    this.baselines = new Baselines(learning);
    this.detector = new Detector(judging);
    this.warningSigma = judging.sigmas().warning();
    this.steps = new Steps(out);
  }

  /**
   * Judges the next value, and learns it. One that is no number, or is not later than the one
   * before, is neither judged nor learned.
   *
   * @param micros its time, in microseconds since the epoch
   */
  public Verdict judge(long micros, double value) {
    if (micros <= last || !Double.isFinite(value)) {
      return Verdict.NONE;
    }
    var missing = comesAfterGap(micros);
    var norm = baselines.expect(micros, slots);
    var end = micros + Math.max(1, spacing.usual());
    steps.levelHasChanged = false;
    var score = detector.judge(watch, history, micros, end, value, norm, Feedback.NONE, steps);
    baselines.learn(micros, value, slots, (season, slot) -> {});
    return new Verdict(score, norm.map(each -> expectation(each, value)), type(missing));
  }

  private Optional<AnomalyType> type(boolean missing) {
    if (missing) {
      return Optional.of(AnomalyType.missing);
    }
    return steps.levelHasChanged ? Optional.of(AnomalyType.level_change) : watch.open();
  }

  /** Takes note of how far it is from the value before; whether an incident came of that. */
  private boolean comesAfterGap(long micros) {
    if (last == Long.MIN_VALUE) {
      last = micros;
      return false;
    }
    var distance = micros - last;
    var since = last + spacing.usual();
    last = micros;
    var isGap = spacing.isGap(distance);
    spacing.add(distance);
    return isGap && isMissed(since, micros);
  }

  private boolean isMissed(long since, long noticed) {
    detector.closeSilent(watch, steps);
    baselines
        .expect(since, slots)
        .ifPresent(
            norm -> detector.missing(watch, history, since, noticed, norm, Feedback.NONE, steps));
    return watch.hasOpenIncident();
  }

  private Verdict.Expectation expectation(Norm norm, double value) {
    var range = warningSigma * norm.stddev();
    return new Verdict.Expectation(
        norm.mean(),
        norm.mean() - range,
        norm.mean() + range,
        (value - norm.mean()) / norm.stddev());
  }

  /** Passes incidents on, and moves what is normal with a level that has changed for good. */
  private final class Steps implements IncidentListener {
    private final IncidentListener out;
    private boolean levelHasChanged;

    Steps(IncidentListener out) {
      this.out = out;
    }

    @Override
    public void step(IncidentStep step) {
      out.step(step);
    }

    @Override
    public void levelChanged(double shift) {
      levelHasChanged = true;
      baselines.shift(shift, slots);
      out.levelChanged(shift);
    }
  }
}
