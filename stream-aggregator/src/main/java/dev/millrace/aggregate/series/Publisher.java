package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.aggregate.baseline.Slot;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.group.GroupPlan;
import dev.millrace.aggregate.output.AnomalyPlan;
import dev.millrace.aggregate.output.BaselinePlan;
import dev.millrace.aggregate.output.ResidualPlan;
import dev.millrace.aggregate.output.SeriesIdentity;
import dev.millrace.aggregate.output.WindowPlan;
import dev.millrace.aggregate.residual.ResidualStep;
import dev.millrace.aggregate.window.Admission;
import dev.millrace.aggregate.window.Window;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Tier;
import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.schema.wire.LateRecord;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.schema.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Encodes what a fold makes and hands it to the node of its topic. Messages bear the time of
 * publishing, so that what is made of old samples is not past its retention when it arrives; event
 * times are in the records. One instance a task.
 */
final class Publisher {
  private static final String STAGE = "VALUE_CONVERTER";

  /** Where the windows of a tier go. */
  private static final class WindowTarget {
    private final WindowPlan plan;
    private final byte[] header;
    private final String sink;

    WindowTarget(WindowPlan plan, byte[] header, String sink) {
      this.plan = plan;
      this.header = header;
      this.sink = sink;
    }
  }

  private final ProcessorContext<byte[], byte[]> context;
  private final FoldSpec spec;
  private final AggregatorMetrics.Fold metrics;
  private final List<WindowTarget> windows;
  private final AnomalyPlan anomalies;
  private final GroupPlan groups;
  private final RecordEncoder anomalyEncoder;
  private final BaselinePlan baselines;
  private final RecordEncoder baselineEncoder;
  private final ResidualPlan residuals;
  private final Optional<RecordEncoder> residualEncoder;
  private final StateWriter buffer = new StateWriter();

  /** Registers the schemas of all targets. */
  Publisher(
      ProcessorContext<byte[], byte[]> context,
      FoldSpec spec,
      SchemaRegistry registry,
      AggregatorMetrics.Fold metrics) {
    this.context = context;
    this.spec = spec;
    this.metrics = metrics;
    var identity = spec.plan().identitySchema();
    windows =
        spec.plan().fold().windows().stream()
            .map(
                output ->
                    new WindowTarget(
                        new WindowPlan(output, identity),
                        WireFormat.header(output.type(), registry),
                        spec.sinkName(output.type().topic())))
            .toList();
    anomalies = new AnomalyPlan(spec.type(), identity);
    groups = new GroupPlan(spec.plan().fold());
    anomalyEncoder = new RecordEncoder(spec.anomalies(), registry);
    baselines = new BaselinePlan(spec.type(), identity);
    baselineEncoder = new RecordEncoder(spec.baselines(), registry);
    residuals = new ResidualPlan(spec.type(), identity);
    residualEncoder = spec.residuals().map(type -> new RecordEncoder(type, registry));
  }

  void window(int tier, Window window, SeriesState series) {
    var target = windows.get(tier);
    var plan = target.plan;
    plan.take(series.identity(), series.metric(), spec.plan().isState(series.measure()), window);
    buffer.reset();
    plan.writeKey(buffer);
    var key = buffer.toByteArray();
    buffer.reset();
    buffer.write(target.header, 0, target.header.length);
    plan.writeRecord(buffer);
    var now = context.currentSystemTimeMs();
    context.forward(new Record<>(key, buffer.toByteArray(), now), target.sink);
    metrics.window(spec.cascade().tiers().get(tier), window.revision());
  }

  /** Sends a step to the group of its incident: {@link GroupProcessor} publishes it. */
  void incident(
      SeriesIdentity series, SeriesIdentity scope, IncidentStep step, DetectorConfig detector) {
    var record = anomalies.record(series, scope, step, detector);
    var key = groups.key(record.getSeries(), record.getSeriesKey().toString());
    var message = new Record<>(key, anomalyEncoder.encode(record), context.currentSystemTimeMs());
    context.forward(message, spec.incidents());
    metrics.incident(step.status());
  }

  /** The id of the incident of a series that was detected then. */
  UUID incident(SeriesIdentity series, long detectedMicros) {
    return anomalies.incident(series, detectedMicros);
  }

  void baseline(SeriesIdentity scope, SeasonSlot season, Slot slot, DetectionConfig detection) {
    publish(spec.baselines(), baselineEncoder, baselines.record(scope, season, slot, detection));
    metrics.baseline();
  }

  void residual(SeriesIdentity series, ResidualStep step) {
    residualEncoder.ifPresent(
        encoder ->
            publish(spec.residuals().orElseThrow(), encoder, residuals.record(series, step)));
  }

  private void publish(RecordType type, RecordEncoder encoder, IndexedRecord record) {
    publish(type, MessageKey.of(type, record), encoder.encode(record));
  }

  void publish(RecordType type, byte[] key, byte[] value) {
    var message = new Record<>(key, value, context.currentSystemTimeMs());
    context.forward(message, spec.sinkName(type.topic()));
  }

  /**
   * Puts a record aside, as it came, that was too late or was refused.
   *
   * @param uncounted by tier, how many of its numbers the tier has not counted
   */
  void aside(Record<byte[], byte[]> original, Admission why, int[] uncounted) {
    var missed = new EnumMap<Tier, Integer>(Tier.class);
    for (var i = 0; i < uncounted.length; i++) {
      if (uncounted[i] > 0) {
        missed.put(spec.cascade().tiers().get(i), uncounted[i]);
      }
    }
    var late = new LateRecord(why.reason(), missed);
    forward(original, late.headers(), spec.type().lateTopic());
  }

  /** Puts a record aside, as it came, that cannot be decoded. */
  void deadLetter(Record<byte[], byte[]> original, RecordMetadata metadata, MillraceException why) {
    var letter =
        new DeadLetter(
            metadata.topic(),
            metadata.partition(),
            metadata.offset(),
            why.code().name(),
            why.getMessage(),
            STAGE);
    forward(original, letter.headers(), spec.type().deadLetterTopic());
  }

  private void forward(
      Record<byte[], byte[]> original, Map<String, String> reasons, String target) {
    var headers = new RecordHeaders(original.headers());
    reasons.forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    var now = context.currentSystemTimeMs();
    var message = new Record<>(original.key(), original.value(), now, headers);
    context.forward(message, spec.sinkName(target));
  }
}
