package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.baseline.Baselines;
import dev.millrace.aggregate.codec.FieldPlaces;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.output.SeriesIdentity;
import dev.millrace.aggregate.window.Window;
import dev.millrace.schema.insight.IncidentStatus;
import java.nio.charset.StandardCharsets;

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
  private final IdentityReader identities;
  private final FieldPlaces places;
  private final StateWriter writer = new StateWriter();

  Judge(FoldSpec spec, LiveStore<ScopeGroup> store, Publisher publisher) {
    this.plan = spec.plan();
    this.identities = new IdentityReader(plan.identitySchema());
    this.places = new FieldPlaces(plan.identitySchema());
    this.baselines = new Baselines(spec.detection().baseline());
    this.detector = new Detector(spec.detection().detector());
    this.slots = new StoredScope(store);
    this.publisher = publisher;
  }

  /** Judges and learns a window that is published for the first time. */
  void judge(Entry<SeriesState> series, Window window, long nowMs) {
    var state = series.value();
    var value = window.state().mean();
    var scope = slots.at(scope(state), nowMs);
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

  private SeriesIdentity seriesOf(Entry<SeriesState> series) {
    return identity(series.value(), series.bytes());
  }

  private SeriesIdentity scopeOf(SeriesState state) {
    return identity(state, scope(state).key());
  }

  private SeriesIdentity identity(SeriesState state, byte[] key) {
    return new SeriesIdentity(
        identities.read(state.identity()),
        new String(state.metric(), StandardCharsets.UTF_8),
        state.measure(),
        key);
  }

  private StoredScope.Scope scope(SeriesState state) {
    if (state.scope() == null) {
      writer.reset();
      places.locate(state.identity());
      plan.baseline().forEach(field -> places.write(field, writer));
      writer.writeBytes(state.metric());
      state.scope(new StoredScope.Scope(writer.toByteArray()));
    }
    return state.scope();
  }
}
