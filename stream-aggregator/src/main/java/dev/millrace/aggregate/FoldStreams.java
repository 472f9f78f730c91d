package dev.millrace.aggregate;

import dev.millrace.aggregate.group.GroupConfig;
import dev.millrace.aggregate.group.GroupPlan;
import dev.millrace.aggregate.series.FoldSpec;
import dev.millrace.aggregate.series.GroupProcessor;
import dev.millrace.aggregate.series.SeriesProcessor;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Adds the folds, each a sub-topology of its own, and one in which the incidents that they find are
 * grouped. Steps of incidents come from each fold by a repartition topic of its own: by a common
 * one, all folds would be one sub-topology.
 */
final class FoldStreams {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final SharedStreams streams;
  private final StreamsBuilder builder;
  private final SchemaRegistry registry;
  private final AggregatorMetrics metrics;

  FoldStreams(SharedStreams streams, SchemaRegistry registry, AggregatorMetrics metrics) {
    this.streams = streams;
    this.builder = streams.builder();
    this.registry = registry;
    this.metrics = metrics;
  }

  /** Adds folds, and where steps of their incidents are published. */
  void add(List<FoldSpec> folds, RecordType anomalies, GroupConfig config) {
    var steps = new ArrayList<KStream<byte[], byte[]>>();
    for (var fold : folds) {
      var folded = fold(fold);
      if (fold.plan().fold().judged()) {
        steps.add(incidents(fold, folded));
      }
    }
    steps.stream().reduce(KStream::merge).ifPresent(all -> group(all, folds, anomalies, config));
  }

  /** What it forwards names the node that is to have it. */
  private KStream<byte[], byte[]> fold(FoldSpec fold) {
    var topic = fold.type().topic();
    var stores = fold.stores(metrics.fold(topic));
    stores.forEach(builder::addStateStore);
    ProcessorSupplier<byte[], byte[], byte[], byte[]> processor =
        () -> new SeriesProcessor(fold, registry, metrics);
    var folded =
        streams
            .of(fold.type())
            .process(
                processor,
                Named.as(topic + "-fold"),
                stores.stream().map(store -> store.name()).toArray(String[]::new));
    for (var target : fold.targets()) {
      folded.to(target, Produced.with(BYTES, BYTES).withName(fold.sinkName(target)));
    }
    return folded;
  }

  /** In as many partitions for all folds: steps of one group meet wherever they come from. */
  private KStream<byte[], byte[]> incidents(FoldSpec fold, KStream<byte[], byte[]> folded) {
    return folded
        .filter((key, step) -> true, Named.as(fold.incidents()))
        .repartition(
            Repartitioned.with(BYTES, BYTES)
                .withName(fold.incidents())
                .withNumberOfPartitions(fold.anomalies().settings().partitions()));
  }

  private void group(
      KStream<byte[], byte[]> steps,
      List<FoldSpec> folds,
      RecordType anomalies,
      GroupConfig config) {
    var counted = metrics.fold(anomalies.topic());
    var plans =
        folds.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    fold -> fold.type().topic(), fold -> new GroupPlan(fold.plan().fold())));
    builder.addStateStore(GroupProcessor.store(anomalies, counted));
    steps
        .process(
            () -> new GroupProcessor(anomalies, plans, config, registry, counted),
            Named.as(anomalies.topic() + "-group"),
            GroupProcessor.storeName(anomalies))
        .to(
            anomalies.topic(),
            Produced.with(BYTES, BYTES).withName(anomalies.topic() + "-published"));
  }
}
