package dev.millrace.aggregate;

import dev.millrace.aggregate.series.FoldSpec;
import dev.millrace.aggregate.series.SeriesProcessor;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.AnomalyEvent;
import dev.millrace.schema.insight.MetricBaseline;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/**
 * The spine: for every type of the catalogue that is folded, raw topic to processor to windows,
 * anomalies, baselines and what is put aside.
 *
 * <p>Each type is a sub-topology of its own, with its own stores: its partitions are its own, and
 * it fails alone. Records are keyed by their publisher so that a series and its baseline meet in
 * one partition; nothing is repartitioned.
 */
public final class AggregationTopology implements Supplier<Topology> {
  /** Where to begin without a commit: what the configuration says. */
  private static final AutoOffsetReset BY_SETTINGS = null;

  /**
   * Event time is in the record, and nothing goes by the message's own timestamp. Left to itself,
   * Kafka Streams would stop at a message that has none, and at the same one after every restart.
   */
  private static final TimestampExtractor ANY_STAMP = new WallclockTimestampExtractor();

  private final List<FoldSpec> folds;
  private final SchemaRegistry registry;
  private final AggregatorMetrics metrics;

  /**
   * Compiles the folds.
   *
   * @throws MillraceException {@link AggregatorFailure#NO_INSIGHT_TYPE} if the catalogue does not
   *     say where anomalies and baselines go
   */
  public AggregationTopology(
      RecordCatalog catalog,
      AggregatorConfig config,
      SchemaRegistry registry,
      AggregatorMetrics metrics) {
    var anomalies = insight(catalog, AnomalyEvent.getClassSchema());
    var baselines = insight(catalog, MetricBaseline.getClassSchema());
    this.folds =
        catalog
            .folded()
            .map(
                type ->
                    FoldSpec.of(type, config.timing(), config.detection(), anomalies, baselines))
            .toList();
    this.registry = registry;
    this.metrics = metrics;
  }

  static RecordType insight(RecordCatalog catalog, Schema schema) {
    return catalog.types().stream()
        .filter(type -> type.schema().getFullName().equals(schema.getFullName()))
        .findFirst()
        .orElseThrow(
            () ->
                new MillraceException(
                    AggregatorFailure.NO_INSIGHT_TYPE,
                    "the catalogue has no record type of %s; add it"
                        .formatted(schema.getFullName())));
  }

  @Override
  public Topology get() {
    var topology = new Topology();
    folds.forEach(fold -> add(topology, fold));
    return topology;
  }

  private void add(Topology topology, FoldSpec fold) {
    var source = fold.type().topic() + " (raw)";
    var processor = fold.type().topic() + " (fold)";
    var bytes = new ByteArrayDeserializer();
    topology.addSource(BY_SETTINGS, source, ANY_STAMP, bytes, bytes, fold.type().topic());
    topology.addProcessor(processor, () -> new SeriesProcessor(fold, registry, metrics), source);
    fold.stores().forEach(store -> topology.addStateStore(store, processor));
    for (var target : fold.targets()) {
      var plain = new ByteArraySerializer();
      topology.addSink(fold.sinkName(target), target, plain, plain, processor);
    }
  }
}
