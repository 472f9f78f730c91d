package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.score.EntityState;
import dev.millrace.aggregate.score.Fact;
import dev.millrace.aggregate.score.HourParts;
import dev.millrace.aggregate.score.MemberNews;
import dev.millrace.aggregate.score.Moment;
import dev.millrace.aggregate.score.ScopeName;
import dev.millrace.aggregate.score.ScorePlan;
import dev.millrace.aggregate.score.Scorer;
import dev.millrace.aggregate.score.Tally;
import dev.millrace.aggregate.score.Timeline;
import dev.millrace.aggregate.window.Admission;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Scores entities by what is said of them, publishes the scores, and tells the groups. An entity is
 * forgotten when nothing of it has come for eight days. What comes for an hour that has settled, or
 * is of the day after tomorrow, is counted and passed over.
 */
public final class EntityScoreProcessor
    implements Processor<byte[], byte[], byte[], ScoredMessage> {
  /** Before it, the arithmetic of times would overflow. */
  private static final long EARLIEST = Long.MIN_VALUE / 4;

  private final RecordType into;
  private final Scoring scoring;
  private final SchemaRegistry registry;
  private final AggregatorMetrics.Fold metrics;
  private final ScorePlan plan;
  private final Scorer scorer;
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], ScoredMessage> context;
  private LiveStore<EntityState> entities;
  private EntityHours hours;
  private DueScores<EntityState> due;
  private ScorePublisher publisher;
  private Sweep<EntityState> sweep;

  /** For the scores of {@code into}. */
  public EntityScoreProcessor(
      RecordType into, SchemaRegistry registry, AggregatorMetrics.Fold metrics) {
    this.into = into;
    this.scoring = into.scoring().orElseThrow();
    this.registry = registry;
    this.metrics = metrics;
    this.plan = new ScorePlan(into);
    this.scorer = new Scorer(scoring);
  }

  /** The stores it needs. */
  public static List<StoreBuilder<?>> stores(RecordType into, AggregatorMetrics.Fold metrics) {
    return List.of(
        new LiveStoreBuilder<>(
            entityStore(into),
            () -> WholeCodec.of(EntityState::encode, EntityState::decode),
            metrics::changelog),
        new LiveStoreBuilder<>(
            hourStore(into),
            () -> WholeCodec.of(HourParts::encode, HourParts::decode),
            metrics::changelog));
  }

  private static String entityStore(RecordType into) {
    return into.topic() + "-entities";
  }

  private static String hourStore(RecordType into) {
    return into.topic() + "-hours";
  }

  @Override
  public void init(ProcessorContext<byte[], ScoredMessage> processorContext) {
    context = processorContext;
    entities = context.getStateStore(entityStore(into));
    hours = new EntityHours(context.getStateStore(hourStore(into)));
    publisher = new ScorePublisher(into, registry, context);
    due = new DueScores<>(entities, EntityState::timeline, this::score);
    sweep =
        new Sweep<>(
            entities,
            DueScores.KEEP.toMillis(),
            entity -> entity.value().timeline().touchedMs(),
            context.currentSystemTimeMs(),
            this::forget);
    context.schedule(
        DueScores.LOOK_AROUND,
        PunctuationType.WALL_CLOCK_TIME,
        nowMs -> {
          due.lookAround(nowMs);
          sweep.lookAround(nowMs);
        });
  }

  private void forget(Entry<EntityState> entity) {
    entity.value().timeline().keptHours().forEach(hour -> hours.remove(entity, hour));
    entities.remove(entity);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var nowMs = context.currentSystemTimeMs();
    var fact = Fact.decode(new StateReader(message.value()));
    if (fact.micros() / 1_000 > nowMs + DueScores.AHEAD.toMillis()) {
      metrics.sample(Admission.AHEAD);
      return;
    }
    var entity = find(message.key());
    var timely = fact.micros() > EARLIEST && take(entity, fact, nowMs);
    metrics.sample(timely ? Admission.FOLDED : Admission.LATE);
    if (entity.value().label(fact)) {
      entity.value().timeline().changedSince(Long.MIN_VALUE, DueScores.laterMs(nowMs));
    }
    var gone = due.changed(entity, nowMs);
    gone.forEach(hour -> hours.remove(entity, hour));
    entity.value().incidents().forget(entity.value().timeline().oldestMicros());
  }

  private Entry<EntityState> find(byte[] key) {
    probe.set(key, key.length);
    var entity = entities.find(probe);
    return entity == null
        ? entities.create(probe, new EntityState(scoring.results().trends()))
        : entity;
  }

  /** Takes a fact; answers whether it came in time to be scored. */
  private boolean take(Entry<EntityState> entity, Fact fact, long nowMs) {
    var timeline = entity.value().timeline();
    var hour = Timeline.hour(fact.micros());
    var open = timeline.isOpen(hour);
    if (fact.what() instanceof Fact.Hour windows) {
      if (open && hours.put(entity, hour, windows)) {
        timeline.call(fact.micros(), nowMs, DueScores.dueMs(fact.micros(), nowMs));
        timeline.changed(hour, DueScores.laterMs(nowMs));
      }
      return open;
    }
    if (fact.what() instanceof Fact.Reading reading) {
      var misses = scoring.state().orElseThrow().misses();
      var since = entity.value().up().take(fact.micros(), reading.up(), misses);
      since.ifPresent(
          micros -> timeline.changedSince(Timeline.hour(micros), DueScores.laterMs(nowMs)));
      return true;
    }
    if (entity.value().incidents().take(fact.micros(), (Fact.Step) fact.what())) {
      if (open) {
        timeline.call(fact.micros(), nowMs, DueScores.dueMs(fact.micros(), nowMs));
      }
      timeline.changedSince(hour, DueScores.laterMs(nowMs));
    }
    return open;
  }

  private void score(Entry<EntityState> entity, Moment moment, long nowMs) {
    var state = entity.value();
    var name = ScopeName.of(entity.bytes());
    var parts = hours.latest(entity, moment.hour());
    var tally = scorer.score(name, state, parts, moment.micros());
    state.timeline().keep(moment, tally.overall(), scoring.results().trends());
    var record = plan.entity(name, state, moment, tally);
    if (publisher.scored(moment, Optional.of(record), tally, nowMs)) {
      tell(entity, moment, tally, nowMs);
    }
  }

  private void tell(Entry<EntityState> entity, Moment moment, Tally tally, long nowMs) {
    var state = entity.value();
    if (state.tallied() != null && !state.tallied().equals(state.group())) {
      var before = ScopeName.ofGroup(state.tallied()).bytes();
      publisher.tell(before, MemberNews.left(entity.bytes()), nowMs);
    }
    state.tallied(state.group());
    var news = MemberNews.of(entity.bytes(), moment.micros(), tally);
    publisher.tell(ScopeName.ofGroup(state.group()).bytes(), news, nowMs);
  }
}
