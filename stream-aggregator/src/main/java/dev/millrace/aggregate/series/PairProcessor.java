package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.pair.Group;
import dev.millrace.aggregate.pair.Member;
import dev.millrace.aggregate.pair.Pair;
import dev.millrace.aggregate.pair.PairPlan;
import dev.millrace.schema.Pairing;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Keeps the groups of a pairing, and publishes the pairs they make at once. Called by the stream
 * thread of its task alone. Keeps {@value #MOST_GROUPS} groups a task, of 0.4 to 0.9 KB where they
 * are of few records: beyond, those that have been quiet for longest are forgotten early, and what
 * comes for them later is not paired with what was there.
 */
public final class PairProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final int MOST_GROUPS = 100_000;
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

  private final RecordType into;
  private final Map<String, Pairing.Rule> rules = new HashMap<>();
  private final PairPlan plan;
  private final RecordEncoder encoder;
  private final AggregatorMetrics.Fold metrics;
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<Group> groups;
  private Bounded<Group> bounded;

  /** For the pairing of {@code into}. */
  public PairProcessor(RecordType into, SchemaRegistry registry, AggregatorMetrics.Fold metrics) {
    this.into = into;
    into.pairing().orElseThrow().rules().forEach(rule -> rules.put(rule.type(), rule));
    this.plan = new PairPlan(into);
    this.encoder = new RecordEncoder(into, registry);
    this.metrics = metrics;
  }

  /** The store of a pairing. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(into), Codec::new, metrics::changelog);
  }

  /** Its name. */
  public static String storeName(RecordType into) {
    return into.topic() + "-groups";
  }

  /** A group as bytes. */
  private static final class Codec implements WholeCodec<Group> {
    @Override
    public void encode(Group state, StateWriter out) {
      state.encode(out);
    }

    @Override
    public Group decode(StateReader in) {
      return Group.decode(in);
    }
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    groups = context.getStateStore(storeName(into));
    bounded = new Bounded<>(groups, MOST_GROUPS, context.currentSystemTimeMs(), Group::forgetAtMs);
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, this::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var member = Member.decode(new StateReader(message.value()));
    var rule = rules.get(member.rule());
    if (rule == null) {
      return; // Sent before the catalogue lost the rule.
    }
    probe.set(message.key(), message.key().length);
    var entry = group(rule);
    entry.value().take(member, rule, context.currentSystemTimeMs(), this::publish);
    groups.change(entry);
    bounded.touched(entry);
  }

  private Entry<Group> group(Pairing.Rule rule) {
    var entry = groups.find(probe);
    if (entry != null && !entry.value().fits(rule)) {
      groups.remove(entry);
      entry = null;
    }
    return entry == null ? groups.create(probe, Group.of(rule)) : entry;
  }

  private void publish(Pair pair) {
    var record = plan.record(pair);
    var nowMs = context.currentSystemTimeMs();
    context.forward(new Record<>(MessageKey.of(into, record), encoder.encode(record), nowMs));
  }

  private void lookAround(long nowMs) {
    bounded.lookAround(nowMs);
    metrics.series(context.taskId().partition(), groups.size());
  }

  /** The task goes elsewhere: its groups are counted there. */
  @Override
  public void close() {
    metrics.series(context.taskId().partition(), 0);
  }
}
