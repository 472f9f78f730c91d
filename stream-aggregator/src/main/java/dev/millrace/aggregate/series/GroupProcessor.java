package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.group.Bursts;
import dev.millrace.aggregate.group.GroupConfig;
import dev.millrace.aggregate.group.GroupPlan;
import dev.millrace.aggregate.group.Onset;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Puts into each step of an incident its group and the probable root, and publishes it: one step
 * for each, in the order they come. Called by the stream thread of its task alone. Keeps the groups
 * of {@value #MOST_KEYS} sites, devices and their like a task; beyond, those that would be
 * forgotten first are.
 */
public final class GroupProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final int MOST_KEYS = 100_000;
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType type;
  private final Map<String, GroupPlan> plans;
  private final GroupConfig config;
  private final AggregatorMetrics.Fold metrics;
  private final RecordDecoder decoder;
  private final RecordEncoder encoder;
  private final StateKey probe = new StateKey();
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<Bursts> groups;
  private Bounded<Bursts> bounded;

  /**
   * For the steps of incidents.
   *
   * @param type of the steps
   * @param plans by the topic a series comes from
   */
  public GroupProcessor(
      RecordType type,
      Map<String, GroupPlan> plans,
      GroupConfig config,
      SchemaRegistry registry,
      AggregatorMetrics.Fold metrics) {
    this.type = type;
    this.plans = plans;
    this.config = config;
    this.metrics = metrics;
    this.decoder = new RecordDecoder(type.schema(), registry);
    this.encoder = new RecordEncoder(type, registry);
  }

  /** The store of the groups. */
  public static StoreBuilder<?> store(RecordType type, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(type), Codec::new, metrics::changelog);
  }

  /** Its name. */
  public static String storeName(RecordType type) {
    return type.topic() + "-groups";
  }

  /** The groups of one site or device as bytes. */
  private static final class Codec implements WholeCodec<Bursts> {
    @Override
    public void encode(Bursts state, StateWriter out) {
      state.encode(out);
    }

    @Override
    public Bursts decode(StateReader in) {
      return Bursts.decode(in);
    }
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    groups = context.getStateStore(storeName(type));
    bounded = new Bounded<>(groups, MOST_KEYS, context.currentSystemTimeMs(), Bursts::forgetAtMs);
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, this::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    try {
      take(message.key(), decoder.decode(message.value(), null));
    } catch (MillraceException failed) {
      if (failed.code().owner() != Owner.DATA) {
        throw failed;
      }
      metrics.skipped();
    }
  }

  private void take(byte[] key, GenericRecord step) {
    probe.set(key, key.length);
    var found = groups.find(probe);
    var entry = found == null ? groups.create(probe, new Bursts()) : found;
    var nowMs = context.currentSystemTimeMs();
    var status = IncidentStatus.valueOf(step.get("status").toString());
    var assigned = entry.value().take(onset(step), status, nowMs, config);
    groups.change(entry);
    bounded.touched(entry);
    step.put("correlation_group_id", assigned.group().toString());
    step.put("root_incident_id", assigned.root().toString());
    context.forward(new Record<>(MessageKey.of(type, step), encoder.encode(step), nowMs));
  }

  private Onset onset(GenericRecord step) {
    var plan = plans.get(step.get("source_topic").toString());
    var kind = AnomalyType.valueOf(step.get("anomaly_type").toString());
    return new Onset(
        UUID.fromString(step.get("incident_id").toString()),
        (long) step.get("detected_at"),
        plan == null ? 0 : plan.rank(step.get("metric_name").toString(), kind),
        Severity.valueOf(step.get("severity").toString()) == Severity.critical);
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
