package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.Feedback;
import dev.millrace.aggregate.anomaly.IncidentListener;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.codec.FieldPlaces;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.output.SeriesIdentity;
import dev.millrace.aggregate.rules.SeriesRules;
import dev.millrace.aggregate.window.Window;
import dev.millrace.schema.insight.IncidentStatus;
import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.GenericRecord;

/**
 * Judges the closed windows of the finest tier by what is normal, then learns them. What happens in
 * maintenance is neither. One instance a task.
 */
final class Judge {
  private static final long MICROS_OF_MILLI = 1_000;

  private final FoldSpec spec;
  private final FoldPlan plan;
  private final StoredScope slots;
  private final Publisher publisher;
  private final KnownFeedback feedback;
  private final IdentityReader identities;
  private final FieldPlaces places;
  private final StateWriter writer = new StateWriter();

  Judge(FoldSpec spec, LiveStore<ScopeGroup> store, Publisher publisher, KnownFeedback feedback) {
    this.spec = spec;
    this.plan = spec.plan();
    this.identities = new IdentityReader(plan.identitySchema());
    this.places = new FieldPlaces(plan.identitySchema());
    this.slots = new StoredScope(store);
    this.publisher = publisher;
    this.feedback = feedback;
  }

  /** Judges and learns a window that is published for the first time. */
  void judge(Entry<SeriesState> series, Window window, long nowMs) {
    var state = series.value();
    var rules = rules(state);
    if (rules.isMaintained(window.begin())) {
      return;
    }
    var value = window.state().mean();
    var scope = slots.at(scope(state), nowMs);
    var baselines = rules.baselines();
    var steps = new Steps(series, rules, nowMs);
    var norm = baselines.expect(window.begin(), scope);
    rules
        .detector()
        .judge(
            state.watch(),
            state.history(),
            window.begin(),
            window.end(),
            value,
            norm,
            steps,
            steps);
    norm.flatMap(each -> state.residuals().add(window.begin(), value, each.mean(), each.stddev()))
        .ifPresent(step -> publisher.residual(seriesOf(series), step));
    baselines.learn(
        window.begin(),
        value,
        scope,
        (season, slot) -> publisher.baseline(scopeOf(state), season, slot, rules.config()));
  }

  /** What people have said of the incidents of one series, and where its next steps go. */
  private final class Steps implements IncidentListener, Feedback {
    private final Entry<SeriesState> series;
    private final SeriesRules rules;
    private final long nowMs;

    Steps(Entry<SeriesState> series, SeriesRules rules, long nowMs) {
      this.series = series;
      this.rules = rules;
      this.nowMs = nowMs;
    }

    @Override
    public boolean excuses(long detectedMicros) {
      return feedback.excuses(publisher.incident(seriesOf(series), detectedMicros));
    }

    @Override
    public void step(IncidentStep step) {
      if (step.status() == IncidentStatus.opened) {
        series.value().windows().anomalyAt(step.detectedMicros());
      }
      publisher.incident(
          seriesOf(series), scopeOf(series.value()), step, rules.config().detector());
    }

    /** A baseline that several series share does not follow one of them. */
    @Override
    public void levelChanged(double shift) {
      if (spec.isLasting()) {
        rules.baselines().shift(shift, slots.at(scope(series.value()), nowMs));
      }
    }
  }

  /** Closes the open incident of a series that has fallen silent. */
  void silent(Entry<SeriesState> series, long nowMs) {
    var rules = rules(series.value());
    series.value().residuals().end().ifPresent(step -> publisher.residual(seriesOf(series), step));
    rules.detector().closeSilent(series.value().watch(), new Steps(series, rules, nowMs));
  }

  /** Closes what is open of a series that is forgotten. */
  void giveUp(Entry<SeriesState> series, long nowMs) {
    var rules = rules(series.value());
    rules.detector().giveUp(series.value().watch(), new Steps(series, rules, nowMs));
  }

  /** How long a series may be silent before it is missing; {@link Long#MAX_VALUE} if for ever. */
  long patienceMs(Entry<SeriesState> series) {
    var state = series.value();
    if (!spec.isLasting() || state.knownHistory().isEmpty()) {
      return Long.MAX_VALUE;
    }
    var patience = rules(state).detector().patience(state.history());
    return patience.isEmpty() ? Long.MAX_VALUE : patience.getAsLong() / MICROS_OF_MILLI;
  }

  /** Opens an incident of a series that should have reported. */
  void missing(Entry<SeriesState> series, long nowMs) {
    var state = series.value();
    var rules = rules(state);
    var nowMicros = nowMs * MICROS_OF_MILLI;
    var finest = spec.cascade().tiers().get(0).micros();
    if (!rules.isMaintained(nowMicros)) {
      var steps = new Steps(series, rules, nowMs);
      rules
          .baselines()
          .expect(nowMicros, slots.at(scope(state), nowMs))
          .ifPresent(
              norm ->
                  rules
                      .detector()
                      .missing(
                          state.watch(),
                          state.history(),
                          state.watch().judgedMicros() + finest,
                          nowMicros,
                          norm,
                          steps,
                          steps));
    }
  }

  private SeriesRules rules(SeriesState state) {
    var current = spec.rules().current();
    if (state.rules() == null || !state.rules().areOf(current)) {
      var identity = identities.read(state.identity());
      var metric = new String(state.metric(), StandardCharsets.UTF_8);
      state.rules(current.of(spec.type().topic(), metric, name -> text(identity, name)));
    }
    return state.rules();
  }

  private static String text(GenericRecord identity, String name) {
    var field = identity.getSchema().getField(name);
    var value = field == null ? null : identity.get(field.pos());
    return value == null ? null : value.toString();
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
