package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.score.Member;
import dev.millrace.aggregate.score.MemberNews;
import dev.millrace.aggregate.score.Moment;
import dev.millrace.aggregate.score.ScopeName;
import dev.millrace.aggregate.score.ScorePlan;
import dev.millrace.aggregate.score.Tally;
import dev.millrace.aggregate.score.Timeline;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Scores groups by the tallies of their members, publishes the scores, and tells the level above;
 * of all, whose members are the groups, there is one. Those who are in no group are scored
 * together, so that all know of them, and that score is not published. A score costs an addition a
 * member. Groups and members are forgotten when nothing of them has come for eight days. What is
 * told of an hour that has settled for the group is passed over.
 */
public final class GroupScoreProcessor implements Processor<byte[], byte[], byte[], ScoredMessage> {
  private final RecordType into;
  private final Level level;
  private final Scoring scoring;
  private final SchemaRegistry registry;
  private final ScorePlan plan;
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], ScoredMessage> context;
  private LiveStore<Timeline> groups;
  private LiveStore<Member> store;
  private GroupMembers members;
  private DueScores<Timeline> due;
  private ScorePublisher publisher;

  /** What is scored. */
  public enum Level {
    /** Groups of entities. */
    GROUPS("groups", "members"),
    /** All groups together. */
    ALL("all", "all-members");

    private final String scopes;
    private final String members;

    Level(String scopes, String members) {
      this.scopes = scopes;
      this.members = members;
    }

    private String scopeStore(RecordType into) {
      return into.topic() + "-" + scopes;
    }

    private String memberStore(RecordType into) {
      return into.topic() + "-" + members;
    }
  }

  /** For one level of the scores of {@code into}. */
  public GroupScoreProcessor(RecordType into, Level level, SchemaRegistry registry) {
    this.into = into;
    this.level = level;
    this.scoring = into.scoring().orElseThrow();
    this.registry = registry;
    this.plan = new ScorePlan(into);
  }

  /** The stores a level needs. */
  public static List<StoreBuilder<?>> stores(
      RecordType into, Level level, AggregatorMetrics.Fold metrics) {
    return List.of(
        new LiveStoreBuilder<>(
            level.scopeStore(into),
            () -> WholeCodec.of(Timeline::encode, Timeline::decode),
            metrics::changelog),
        new LiveStoreBuilder<>(
            level.memberStore(into),
            () -> WholeCodec.of(Member::encode, Member::decode),
            metrics::changelog));
  }

  @Override
  public void init(ProcessorContext<byte[], ScoredMessage> processorContext) {
    context = processorContext;
    groups = context.getStateStore(level.scopeStore(into));
    store = context.getStateStore(level.memberStore(into));
    members = new GroupMembers(store);
    publisher = new ScorePublisher(into, registry, context);
    due = new DueScores<>(groups, timeline -> timeline, this::score);
    var nowMs = context.currentSystemTimeMs();
    var keepMs = DueScores.KEEP.toMillis();
    var old = new Sweep<>(groups, keepMs, group -> group.value().touchedMs(), nowMs);
    var silent =
        new Sweep<>(store, keepMs, each -> each.value().touchedMs(), nowMs, members::forget);
    context.schedule(
        DueScores.LOOK_AROUND,
        PunctuationType.WALL_CLOCK_TIME,
        atMs -> {
          due.lookAround(atMs);
          silent.lookAround(atMs);
          old.lookAround(atMs);
        });
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var nowMs = context.currentSystemTimeMs();
    var news = MemberNews.decode(new StateReader(message.value()));
    var group = find(message.key());
    if (news.tally().isPresent()) {
      take(group, news, nowMs);
    } else {
      members.remove(group.bytes(), news.member());
      group.value().changedSince(Long.MIN_VALUE, DueScores.laterMs(nowMs));
    }
    if (!due.changed(group, nowMs).isEmpty()) {
      var first = group.value().keptHours().get(0);
      members.each(group.bytes(), member -> member.forgetBefore(first));
    }
  }

  private Entry<Timeline> find(byte[] key) {
    probe.set(key, key.length);
    var group = groups.find(probe);
    return group == null ? groups.create(probe, new Timeline(scoring.results().trends())) : group;
  }

  private void take(Entry<Timeline> group, MemberNews news, long nowMs) {
    var timeline = group.value();
    var hour = Timeline.hour(news.micros());
    if (timeline.isOpen(hour)) {
      var member = members.open(group.bytes(), news.member());
      member.value().take(news.micros(), news.tally().orElseThrow(), nowMs);
      store.change(member);
      timeline.call(news.micros(), nowMs, DueScores.dueMs(news.micros(), nowMs));
      timeline.changed(hour, DueScores.laterMs(nowMs));
    }
  }

  private void score(Entry<Timeline> group, Moment moment, long nowMs) {
    var tally = new Tally(scoring.components().size());
    members.each(group.bytes(), member -> member.at(moment.micros()).ifPresent(tally::add));
    group.value().keep(moment, tally.overall(), scoring.results().trends());
    var record = record(group, moment, tally);
    if (publisher.scored(moment, record, tally, nowMs) && level == Level.GROUPS) {
      var news = MemberNews.of(group.bytes(), moment.micros(), tally);
      publisher.tell(ScopeName.ofGroup("").bytes(), news, nowMs);
    }
  }

  private Optional<GenericRecord> record(Entry<Timeline> group, Moment moment, Tally tally) {
    if (level == Level.ALL) {
      return Optional.of(plan.all(group.value(), moment, tally));
    }
    return Optional.of(ScopeName.of(group.bytes()).name())
        .filter(name -> !name.isEmpty())
        .map(name -> plan.group(name, group.value(), moment, tally));
  }
}
