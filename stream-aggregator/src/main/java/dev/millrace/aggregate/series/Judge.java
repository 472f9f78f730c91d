package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.anomaly.Feedback;
import dev.millrace.aggregate.anomaly.IncidentListener;
import dev.millrace.aggregate.anomaly.IncidentStep;
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
    detector.judge(
        state.watch(),
        state.history(),
        window.begin(),
        window.end(),
        value,
        baselines.expect(window.begin(), scope),
        Feedback.NONE,
        new Steps(series));
    baselines.learn(
        window.begin(),
        value,
        scope,
        (season, slot) -> publisher.baseline(scopeOf(state), season, slot));
  }

  /** Publishes the steps of incidents in one series. */
  private final class Steps implements IncidentListener {
    private final Entry<SeriesState> series;

    Steps(Entry<SeriesState> series) {
      this.series = series;
    }

    @Override
    public void step(IncidentStep step) {
      if (step.status() == IncidentStatus.opened) {
        series.value().windows().anomalyAt(step.detectedMicros());
      }
      publisher.incident(seriesOf(series), scopeOf(series.value()), step);
    }
  }

  /** Closes the open incident of a series that has fallen silent. */
  void silent(Entry<SeriesState> series) {
    detector.closeSilent(series.value().watch(), new Steps(series));
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
