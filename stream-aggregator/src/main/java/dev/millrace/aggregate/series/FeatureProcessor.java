package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.learn.HourFeatures;
import dev.millrace.aggregate.output.SnapshotPlan;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Sums up the residuals of each entity by hour and metric, and sends each hour under the entity's
 * name as a snapshot that has no label yet. An entity of which nothing arrived for a week is
 * forgotten, and with it the last hour or two, which nothing came to end.
 */
public final class FeatureProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration KEEP = Duration.ofDays(7);
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType into;
  private final SnapshotPlan plan;
  private final RecordEncoder encoder;
  private final LenientDecoder decoder;
  private final long fromMicros;
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<FeatureState> store;

  /**
   * For the snapshots of {@code into}.
   *
   * @param fromMicros hours that begin before are not sent
   */
  public FeatureProcessor(RecordType into, SchemaRegistry registry, long fromMicros) {
    this.into = into;
    var spec = (Insight.Snapshots) into.insight().orElseThrow();
    this.plan = new SnapshotPlan(spec);
    this.encoder = new RecordEncoder(into, registry);
    this.decoder = new LenientDecoder(spec.residuals(), registry);
    this.fromMicros = fromMicros;
  }

  /** Its store. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(into), FeatureState.Codec::new, metrics::changelog);
  }

  /** The name of its store. */
  public static String storeName(RecordType into) {
    return into.topic() + "-hours";
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    store = context.getStateStore(storeName(into));
    var sweep =
        new Sweep<>(store, KEEP.toMillis(), FeatureState::arrivalMs, context.currentSystemTimeMs());
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, sweep::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    decoder.decode(message.value()).ifPresent(this::add);
  }

  private void add(GenericRecord residual) {
    var entity = residual.get("entity").toString().getBytes(StandardCharsets.UTF_8);
    probe.set(entity, entity.length);
    var entry = store.find(probe);
    if (entry == null) {
      entry = store.create(probe, new FeatureState(new HourFeatures()));
    }
    var state = entry.value();
    state.arrived(context.currentSystemTimeMs());
    store.change(entry);
    var begin = Residuals.begin(residual);
    state.hours().pass(begin).forEach(hour -> send(entity, hour, state));
    state.whose(plan.whose(residual.get("scope_type").toString(), residual));
    state
        .hours()
        .metric(residual.get("metric_name").toString(), begin)
        .ifPresent(sum -> Residuals.addTo(sum, residual));
  }

  private void send(byte[] entity, HourFeatures.Hour hour, FeatureState state) {
    if (hour.begin() < fromMicros) {
      return;
    }
    var snapshot = plan.features(hour, state.whose());
    context.forward(new Record<>(entity, encoder.encode(snapshot), context.currentSystemTimeMs()));
  }
}
