package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.alert.AlertPlan;
import dev.millrace.aggregate.alert.Raised;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Publishes what records of one type raise, once by each thing that asks for it. Records of one
 * thing are in one partition, so that nothing is repartitioned. Called by the stream thread of its
 * task alone. Remembers a thing for {@value #KEEP_DAYS} days, longer than its topic can be read
 * again by default, and {@value #MOST} a task, some 20 MB: what is forgotten may be published again
 * and is left out by its table then.
 */
public final class AlertProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final int KEEP_DAYS = 8;
  static final int MOST = 100_000;
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType into;
  private final String store;
  private final AlertPlan plan;
  private final SelectiveReader reader;
  private final RecordEncoder encoder;
  private final StateWriter key = new StateWriter();
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<Raised> raised;
  private Bounded<Raised> bounded;

  /** For what records of {@code from} raise of {@code into}. */
  public AlertProcessor(RecordType into, RecordType from, SchemaRegistry registry) {
    this.into = into;
    this.store = storeName(into, from);
    this.plan = new AlertPlan(into, from.topic());
    this.reader = new SelectiveReader(from, plan.wanted(), plan.fields(), registry);
    this.encoder = new RecordEncoder(into, registry);
  }

  /** The store of what records of {@code from} have raised. */
  public static StoreBuilder<?> store(
      RecordType into, RecordType from, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(into, from), Codec::new, metrics::changelog);
  }

  /** Its name. */
  public static String storeName(RecordType into, RecordType from) {
    return "%s-%s-raised".formatted(into.topic(), from.topic());
  }

  /** What was raised, as bytes. */
  private static final class Codec implements WholeCodec<Raised> {
    @Override
    public void encode(Raised state, StateWriter out) {
      state.encode(out);
    }

    @Override
    public Raised decode(StateReader in) {
      return Raised.decode(in);
    }
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    raised = context.getStateStore(store);
    bounded = new Bounded<>(raised, MOST, context.currentSystemTimeMs(), Raised::forgetAtMs);
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, bounded::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    reader.read(message.value()).filter(plan::asks).ifPresent(this::take);
  }

  private void take(GenericRecord cause) {
    var nowMs = context.currentSystemTimeMs();
    var entry = raisedBy(cause);
    var before = entry.value();
    var isFirst = before.isFirst();
    if (before.rise(plan.grade(cause))) {
      var record = plan.raise(cause, isFirst);
      context.forward(new Record<>(MessageKey.of(into, record), encoder.encode(record), nowMs));
    }
    before.forgetAt(nowMs + Duration.ofDays(KEEP_DAYS).toMillis());
    raised.change(entry);
    bounded.touched(entry);
  }

  private Entry<Raised> raisedBy(GenericRecord cause) {
    key.reset();
    plan.writeKey(cause, key);
    probe.set(key.buffer(), key.length());
    var entry = raised.find(probe);
    return entry == null ? raised.create(probe, new Raised()) : entry;
  }
}
