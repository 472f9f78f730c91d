package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.rollup.GroupDay;
import dev.millrace.aggregate.rollup.Part;
import dev.millrace.aggregate.rollup.RollupPlan;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Keeps the parts of each group and day, and publishes those that have changed, once a second. A
 * day is forgotten when nothing of it has arrived for three days.
 */
public final class RollupProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);
  private static final Duration KEEP = Duration.ofDays(3);

  private final RecordType into;
  private final RollupPlan plan;
  private final RecordEncoder encoder;
  private final Set<Entry<GroupDay>> changed = new LinkedHashSet<>();
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<GroupDay> days;
  private Optional<Lookup> lookup = Optional.empty();
  private Sweep<GroupDay> sweep;

  /** For the rollup of {@code into}. */
  public RollupProcessor(RecordType into, SchemaRegistry registry) {
    this.into = into;
    this.plan = new RollupPlan(into);
    this.encoder = new RecordEncoder(into, registry);
  }

  /** The store of a rollup. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(into), Codec::new, metrics::changelog);
  }

  /** Its name. */
  public static String storeName(RecordType into) {
    return into.topic() + "-parts";
  }

  /** A group and day as bytes. */
  private static final class Codec implements WholeCodec<GroupDay> {
    @Override
    public void encode(GroupDay state, StateWriter out) {
      state.encode(out);
    }

    @Override
    public GroupDay decode(StateReader in) {
      return GroupDay.decode(in);
    }
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    changed.clear();
    days = context.getStateStore(storeName(into));
    lookup =
        into.rollup().flatMap(rollup -> rollup.known()).map(known -> Lookup.of(known, context));
    // What was taken and not published when the process that had the task ended.
    days.entries().stream().filter(entry -> entry.value().changed()).forEach(changed::add);
    sweep =
        new Sweep<>(
            days,
            KEEP.toMillis(),
            entry -> entry.value().arrivalMs(),
            context.currentSystemTimeMs());
    context.schedule(PUBLISH_EVERY, PunctuationType.WALL_CLOCK_TIME, this::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var key = message.key();
    probe.set(key, key.length);
    var entry = days.find(probe);
    if (entry == null) {
      var address = new StateReader(key);
      entry = days.create(probe, new GroupDay(address.readLong(), address.readLong()));
    }
    var part = Part.decode(new StateReader(message.value()));
    entry.value().take(part, context.currentSystemTimeMs());
    days.change(entry);
    if (entry.value().changed()) {
      changed.add(entry);
    }
  }

  private void lookAround(long nowMs) {
    for (var entry : changed) {
      publish(entry.value(), nowMs);
      entry.value().published();
      days.change(entry);
    }
    changed.clear();
    sweep.lookAround(nowMs);
  }

  private void publish(GroupDay day, long nowMs) {
    var record = plan.record(day);
    lookup.ifPresent(each -> each.fill(record));
    context.forward(new Record<>(MessageKey.of(into, record), encoder.encode(record), nowMs));
  }
}
