package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.aggregate.baseline.Slot;
import dev.millrace.aggregate.output.AnomalyPlan;
import dev.millrace.aggregate.output.BaselinePlan;
import dev.millrace.aggregate.output.SeriesIdentity;
import dev.millrace.aggregate.output.WindowPlan;
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
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private record WindowTarget(WindowPlan plan, RecordType type, RecordEncoder encoder) {}

  private final ProcessorContext<byte[], byte[]> context;
  private final FoldSpec spec;
  private final AggregatorMetrics.Fold metrics;
  private final List<WindowTarget> windows;
  private final AnomalyPlan anomalies;
  private final RecordEncoder anomalyEncoder;
  private final BaselinePlan baselines;
  private final RecordEncoder baselineEncoder;

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
                        output.type(),
                        new RecordEncoder(output.type(), registry)))
            .toList();
    var detection = spec.detection();
    anomalies = new AnomalyPlan(spec.type(), identity, detection.detector());
    anomalyEncoder = new RecordEncoder(spec.anomalies(), registry);
    baselines = new BaselinePlan(spec.type(), identity, detection.baseline(), detection.detector());
    baselineEncoder = new RecordEncoder(spec.baselines(), registry);
  }

  void window(int tier, Window window, SeriesState series) {
    var target = windows.get(tier);
    var record =
        target
            .plan()
            .record(
                series.identity(), series.metric(), spec.plan().isState(series.measure()), window);
    publish(target.type(), target.encoder(), record);
    metrics.window(spec.cascade().tiers().get(tier), window.revision());
  }

  void incident(SeriesIdentity series, SeriesIdentity scope, IncidentStep step) {
    publish(spec.anomalies(), anomalyEncoder, anomalies.record(series, scope, step));
    metrics.incident(step.status());
  }

  void baseline(SeriesIdentity scope, SeasonSlot season, Slot slot) {
    publish(spec.baselines(), baselineEncoder, baselines.record(scope, season, slot));
    metrics.baseline();
  }

  void publish(RecordType type, RecordEncoder encoder, IndexedRecord record) {
    var now = context.currentSystemTimeMs();
    var message = new Record<>(MessageKey.of(type, record), encoder.encode(record), now);
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
