package dev.millrace.aggregate;

import dev.millrace.aggregate.output.CaseReader;
import dev.millrace.aggregate.series.CaseProcessor;
import dev.millrace.aggregate.series.ClockProcessor;
import dev.millrace.aggregate.series.EvaluationProcessor;
import dev.millrace.aggregate.series.FeatureProcessor;
import dev.millrace.aggregate.series.GroupCorrelator;
import dev.millrace.aggregate.series.MemberCorrelator;
import dev.millrace.aggregate.series.Sent;
import dev.millrace.aggregate.series.SnapshotProcessor;
import dev.millrace.aggregate.series.StepKey;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Adds to a topology what is computed from many series, or from what became of them. All read the
 * same source of a topic. What belongs together and is not in one partition is brought together
 * through internal topics, after it has been boiled down: a device's hour, an incident's step.
 */
final class InsightTopology {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final SharedStreams streams;
  private final StreamsBuilder builder;
  private final SchemaRegistry registry;
  private final AggregatorMetrics metrics;
  private final CaseReader cases;
  private final long fromMicros;
  private final Map<String, KStream<byte[], Sent>> judged = new HashMap<>();

  /**
   * Into a topology.
   *
   * @param raw the types whose series have incidents
   * @param fromMicros what is of before is not published as a row of its own
   */
  InsightTopology(
      SharedStreams streams,
      SchemaRegistry registry,
      AggregatorMetrics metrics,
      List<RecordType> raw,
      long fromMicros) {
    this.streams = streams;
    this.builder = streams.builder();
    this.registry = registry;
    this.metrics = metrics;
    this.cases = new CaseReader(raw);
    this.fromMicros = fromMicros;
  }

  /** Adds what computes the records of a type. */
  void add(RecordType into) {
    var insight = into.insight().orElseThrow();
    if (insight instanceof Insight.Correlations correlations) {
      addCorrelations(into, correlations);
    } else if (insight instanceof Insight.Snapshots snapshots) {
      addSnapshots(into, snapshots);
    } else if (insight instanceof Insight.Evaluation evaluation) {
      addEvaluation(into, evaluation);
    }
  }

  private void addCorrelations(RecordType into, Insight.Correlations spec) {
    var counted = metrics.fold(into.topic());
    builder.addStateStore(MemberCorrelator.store(into, counted));
    builder.addStateStore(GroupCorrelator.store(into, counted));
    var ofMembers =
        streams
            .of(spec.residuals())
            .process(
                () -> new MemberCorrelator(into, registry),
                Named.as(into.topic() + "-of-members"),
                MemberCorrelator.storeName(into));
    publish(only(ofMembers, MemberCorrelator.FOUND, into), into, "-of-members-published");
    var ofGroups =
        only(ofMembers, MemberCorrelator.HOURS, into)
            .repartition(partitioned(into.topic(), into.settings().partitions()))
            .process(
                () -> new GroupCorrelator(into, registry),
                Named.as(into.topic() + "-of-groups"),
                GroupCorrelator.storeName(into));
    publish(ofGroups, into, "-of-groups-published");
  }

  private void addSnapshots(RecordType into, Insight.Snapshots spec) {
    var counted = metrics.fold(into.topic());
    builder.addStateStore(FeatureProcessor.store(into, counted));
    builder.addStateStore(SnapshotProcessor.store(into, counted));
    var partitions = into.settings().partitions();
    var hours =
        streams
            .of(spec.residuals())
            .process(
                () -> new FeatureProcessor(into, registry, fromMicros),
                Named.as(into.topic() + "-features"),
                FeatureProcessor.storeName(into))
            .mapValues(SnapshotProcessor::hour, Named.as(into.topic() + "-hour"))
            .repartition(partitioned(into.topic() + "-hours", partitions));
    var incidents =
        only(judged(spec.incidents(), spec.feedback()), CaseProcessor.CASES, into)
            .mapValues(SnapshotProcessor::incident, Named.as(into.topic() + "-case"))
            .repartition(partitioned(into.topic() + "-cases", partitions));
    var snapshots =
        hours
            .merge(incidents, Named.as(into.topic() + "-both"))
            .process(
                () -> new SnapshotProcessor(into, registry, fromMicros),
                Named.as(into.topic() + "-label"),
                SnapshotProcessor.storeName(into));
    publish(snapshots, into, "-published");
  }

  private void addEvaluation(RecordType into, Insight.Evaluation spec) {
    builder.addStateStore(EvaluationProcessor.store(into, metrics.fold(into.topic())));
    var hours =
        streams
            .of(spec.clock())
            .process(
                () -> new ClockProcessor(spec.clock(), registry), Named.as(into.topic() + "-clock"))
            .repartition(partitioned(into.topic() + "-hours", 1));
    var counts =
        only(judged(spec.incidents(), spec.feedback()), CaseProcessor.COUNTS, into)
            .mapValues(EvaluationProcessor::count, Named.as(into.topic() + "-count"))
            .repartition(partitioned(into.topic() + "-counts", 1));
    var evaluations =
        hours
            .merge(counts, Named.as(into.topic() + "-both"))
            .process(
                () -> new EvaluationProcessor(into, registry, fromMicros),
                Named.as(into.topic() + "-evaluate"),
                EvaluationProcessor.storeName(into));
    publish(evaluations, into, "-published");
  }

  /** Incidents and what people found of them, by incident. */
  private KStream<byte[], Sent> judged(RecordType incidents, RecordType feedback) {
    return judged.computeIfAbsent(
        feedback.topic(),
        topic -> {
          builder.addStateStore(CaseProcessor.store(feedback, metrics.fold(topic)));
          var steps =
              streams
                  .of(incidents)
                  .process(() -> new StepKey(incidents, registry), Named.as(topic + "-step-keys"))
                  .mapValues(CaseProcessor::step, Named.as(topic + "-steps"));
          var judgements =
              streams
                  .of(feedback)
                  .filter((id, judgement) -> id != null, Named.as(topic + "-judgements-only"))
                  .mapValues(CaseProcessor::feedback, Named.as(topic + "-judgements"));
          return steps
              .merge(judgements, Named.as(topic + "-both"))
              .repartition(partitioned(topic + "-cases", feedback.settings().partitions()))
              .process(
                  () -> new CaseProcessor(incidents, feedback, cases, registry),
                  Named.as(topic + "-judged"),
                  CaseProcessor.storeName(feedback));
        });
  }

  private static Repartitioned<byte[], byte[]> partitioned(String name, int partitions) {
    return Repartitioned.with(BYTES, BYTES).withName(name).withNumberOfPartitions(partitions);
  }

  private static void publish(KStream<byte[], byte[]> records, RecordType into, String name) {
    records.to(into.topic(), Produced.with(BYTES, BYTES).withName(into.topic() + name));
  }

  private static KStream<byte[], byte[]> only(
      KStream<byte[], Sent> sent, String to, RecordType into) {
    var name = into.topic() + "-" + to;
    return sent.filter((key, each) -> each.isTo(to), Named.as(name + "-only"))
        .mapValues(Sent::value, Named.as(name));
  }
}
