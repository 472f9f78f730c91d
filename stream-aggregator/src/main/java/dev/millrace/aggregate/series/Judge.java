package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.baseline.Baselines;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.output.SeriesIdentity;
import dev.millrace.aggregate.window.Window;
import dev.millrace.schema.insight.IncidentStatus;

/**
 * Judges the closed windows of the finest tier by what is normal, then learns them. One instance a
 * task.
 */
final class Judge {
  private final FoldPlan plan;
  private final Baselines baselines;
  private final Detector detector;
  private final StoredScope slots;
  private final Publisher publisher;
  private final StateWriter writer = new StateWriter();

  Judge(FoldSpec spec, LiveStore<ScopeGroup> store, Publisher publisher) {
    this.plan = spec.plan();
    this.baselines = new Baselines(spec.detection().baseline());
    this.detector = new Detector(spec.detection().detector());
    this.slots = new StoredScope(store);
    this.publisher = publisher;
  }

  /** Judges and learns a window that is published for the first time. */
  void judge(Entry<SeriesState> series, Window window, long nowMs) {
    var state = series.value();
    var value = window.state().mean();
    var scope = slots.at(scopeKey(state), nowMs);
    baselines
        .expect(window.begin(), scope)
        .ifPresent(
            norm ->
                detector.judge(
                    state.watch(),
                    window.begin(),
                    window.end(),
                    value,
                    norm,
                    step -> {
                      if (step.status() == IncidentStatus.opened) {
                        state.windows().anomalyAt(step.detectedMicros());
                      }
                      publisher.incident(seriesOf(series), scopeOf(state), step);
                    }));
    baselines.learn(
        window.begin(),
        value,
        scope,
        (season, slot) -> publisher.baseline(scopeOf(state), season, slot));
  }

  /** Closes the open incident of a series that has fallen silent. */
  void silent(Entry<SeriesState> series) {
    var state = series.value();
    detector.closeSilent(
        state.watch(), step -> publisher.incident(seriesOf(series), scopeOf(state), step));
  }

  private static SeriesIdentity seriesOf(Entry<SeriesState> series) {
    var state = series.value();
    return new SeriesIdentity(
        state.identity(), state.metric(), state.measure(), series.key().bytes());
  }

  private SeriesIdentity scopeOf(SeriesState state) {
    return new SeriesIdentity(state.identity(), state.metric(), state.measure(), scopeKey(state));
  }

  private byte[] scopeKey(SeriesState state) {
    if (state.scopeKey() == null) {
      plan.writeScopeKey(state, writer);
      state.scopeKey(writer.toByteArray());
    }
    return state.scopeKey();
  }
}
