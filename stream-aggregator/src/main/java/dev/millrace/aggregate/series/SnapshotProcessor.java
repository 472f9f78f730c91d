package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.learn.Case;
import dev.millrace.aggregate.learn.EntityCases;
import dev.millrace.aggregate.learn.Judgement;
import dev.millrace.aggregate.output.SnapshotPlan;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Labels the hours of each entity with the incidents it had in them, and publishes them. What
 * people find of an incident after its hours are published, is published by itself. An entity of
 * which nothing arrived for five weeks is forgotten.
 */
public final class SnapshotProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final int HOUR = 0;
  private static final int CASE = 1;
  private static final Duration KEEP = Duration.ofDays(35);
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType into;
  private final SnapshotPlan plan;
  private final RecordEncoder encoder;
  private final LenientDecoder decoder;
  private final long fromMicros;
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<EntityState> store;

  /**
   * For the snapshots of {@code into}.
   *
   * @param fromMicros incidents that began before are not told of
   */
  public SnapshotProcessor(RecordType into, SchemaRegistry registry, long fromMicros) {
    this.into = into;
    this.plan = new SnapshotPlan((Insight.Snapshots) into.insight().orElseThrow());
    this.encoder = new RecordEncoder(into, registry);
    this.decoder = new LenientDecoder(into, registry);
    this.fromMicros = fromMicros;
  }

  /** An hour of {@link FeatureProcessor}, as it is to be handed in. */
  public static byte[] hour(byte[] value) {
    return Marked.of(HOUR, value);
  }

  /** A case of {@link CaseProcessor}, as it is to be handed in. */
  public static byte[] incident(byte[] value) {
    return Marked.of(CASE, value);
  }

  /** Its store. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(into), EntityState.Codec::new, metrics::changelog);
  }

  /** The name of its store. */
  public static String storeName(RecordType into) {
    return into.topic() + "-incidents";
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    store = context.getStateStore(storeName(into));
    var sweep =
        new Sweep<>(store, KEEP.toMillis(), EntityState::arrivalMs, context.currentSystemTimeMs());
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, sweep::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var key = message.key();
    probe.set(key, key.length);
    var entry = store.find(probe);
    if (entry == null) {
      entry = store.create(probe, new EntityState(new EntityCases()));
    }
    entry.value().arrived(context.currentSystemTimeMs());
    store.change(entry);
    var value = Marked.value(message.value());
    if (Marked.mark(message.value()) == HOUR) {
      var state = entry.value();
      decoder.decode(value).ifPresent(hour -> label(hour, state));
    } else {
      var in = new StateReader(value);
      take(in.readBoolean(), Case.decode(in), entry.value());
    }
  }

  private void label(GenericRecord hour, EntityState state) {
    state.whose(plan.whose(hour));
    var begin = (Long) hour.get("data_start_time");
    var end = (Long) hour.get("data_end_time");
    hour.put("label", SnapshotPlan.label(state.cases().in(begin, end)));
    publish(hour);
  }

  private void take(boolean judged, Case latest, EntityState state) {
    state.cases().take(latest);
    var from = latest.incident().orElseThrow().from();
    if (judged && state.cases().isTold(latest) && from >= fromMicros) {
      publish(plan.labels(latest, state.whose(), judgedAt(latest)));
    }
  }

  /** A judgement that was taken back has no time of its own. */
  private static long judgedAt(Case latest) {
    return latest
        .judgement()
        .map(Judgement::at)
        .orElseGet(() -> latest.incident().orElseThrow().updated());
  }

  private void publish(IndexedRecord record) {
    var key = MessageKey.of(into, record);
    context.forward(new Record<>(key, encoder.encode(record), context.currentSystemTimeMs()));
  }
}
