package dev.millrace.aggregate;

import dev.millrace.aggregate.series.EntityScoreProcessor;
import dev.millrace.aggregate.series.FactProcessor;
import dev.millrace.aggregate.series.GroupScoreProcessor;
import dev.millrace.aggregate.series.GroupScoreProcessor.Level;
import dev.millrace.aggregate.series.ScoredMessage;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.AnomalyEvent;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The sub-topologies of a type that scores others, each with partitions of its own: what records
 * say of entities; entities; groups, by the tallies of their entities; and all, by the tallies of
 * the groups, in one partition.
 */
final class ScoreTopology {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final SharedStreams streams;
  private final StreamsBuilder builder;
  private final RecordType into;
  private final RecordType incidents;
  private final SchemaRegistry registry;
  private final AggregatorMetrics.Fold metrics;

  ScoreTopology(
      SharedStreams streams,
      RecordType into,
      RecordType incidents,
      SchemaRegistry registry,
      AggregatorMetrics.Fold metrics) {
    this.streams = streams;
    this.builder = streams.builder();
    this.into = into;
    this.incidents = incidents;
    this.registry = registry;
    this.metrics = metrics;
  }

  /** The topics that are read for the scores of a type. */
  static List<String> topics(RecordCatalog catalog, RecordType into) {
    var incidents = AggregationTopology.insight(catalog, AnomalyEvent.getClassSchema());
    return inputs(into, incidents).map(RecordType::topic).toList();
  }

  private static Stream<RecordType> inputs(RecordType into, RecordType incidents) {
    return Stream.concat(into.scoring().orElseThrow().inputs().stream(), Stream.of(incidents));
  }

  void add() {
    var facts =
        inputs(into, incidents)
            .map(streams::of)
            .reduce(KStream::merge)
            .orElseThrow()
            .process(() -> new FactProcessor(into, incidents, registry), Named.as(name("facts")));
    var entities =
        scored(
            facts.repartition(Repartitioned.with(BYTES, BYTES).withName(name("entities"))),
            "entities",
            () -> new EntityScoreProcessor(into, registry, metrics),
            EntityScoreProcessor.stores(into, metrics));
    var groups =
        scored(
            upward(entities, "groups", Repartitioned.with(BYTES, BYTES)),
            "groups",
            () -> new GroupScoreProcessor(into, Level.GROUPS, registry),
            GroupScoreProcessor.stores(into, Level.GROUPS, metrics));
    scored(
        upward(groups, "all", Repartitioned.with(BYTES, BYTES).withNumberOfPartitions(1)),
        "all",
        () -> new GroupScoreProcessor(into, Level.ALL, registry),
        GroupScoreProcessor.stores(into, Level.ALL, metrics));
  }

  /** Scores one level and publishes its scores; what it returns is for the level above. */
  private KStream<byte[], ScoredMessage> scored(
      KStream<byte[], byte[]> news,
      String level,
      ProcessorSupplier<byte[], byte[], byte[], ScoredMessage> processor,
      List<StoreBuilder<?>> stores) {
    stores.forEach(builder::addStateStore);
    var names = stores.stream().map(StoreBuilder::name).toArray(String[]::new);
    var messages = news.process(processor, Named.as(name("score-" + level)), names);
    messages
        .flatMapValues(
            each -> each.isUpward() ? List.of() : List.of(each.value()),
            Named.as(name(level + "-scores")))
        .to(into.topic(), Produced.with(BYTES, BYTES).withName(name(level + "-published")));
    return messages;
  }

  private KStream<byte[], byte[]> upward(
      KStream<byte[], ScoredMessage> messages,
      String level,
      Repartitioned<byte[], byte[]> repartitioned) {
    return messages
        .flatMapValues(
            each -> each.isUpward() ? List.of(each.value()) : List.<byte[]>of(),
            Named.as(name("news-of-" + level)))
        .repartition(repartitioned.withName(name(level)));
  }

  private String name(String part) {
    return into.topic() + "-" + part;
  }
}
