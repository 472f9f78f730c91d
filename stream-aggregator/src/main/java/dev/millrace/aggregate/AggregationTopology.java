package dev.millrace.aggregate;

import dev.millrace.aggregate.group.GroupConfig;
import dev.millrace.aggregate.series.FoldSpec;
import dev.millrace.aggregate.series.KeepKnown;
import dev.millrace.aggregate.series.KnownEntities;
import dev.millrace.aggregate.series.KnownFeedback;
import dev.millrace.aggregate.series.PartProcessor;
import dev.millrace.aggregate.series.RollupProcessor;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Timing;
import dev.millrace.schema.insight.AnomalyEvent;
import dev.millrace.schema.insight.AnomalyFeedback;
import dev.millrace.schema.insight.MetricBaseline;
import dev.millrace.schema.insight.Residual;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/**
 * The spine: for every type of the catalogue that is folded, raw topic to processor to windows,
 * anomalies, baselines and what is put aside.
 *
 * <p>Each type is a sub-topology of its own, with its own stores: its partitions are its own, and
 * it fails alone. Records are keyed by their publisher so that a series and its baseline meet in
 * one partition; no sample is repartitioned. Only what is rolled up or scored is, the steps of
 * incidents, what {@link InsightTopology} brings together, and of the records that may belong to
 * others as much as tells whether they do.
 */
public final class AggregationTopology implements Supplier<Topology> {
  /**
   * Event time is in the record, and nothing goes by the message's own timestamp. Left to itself,
   * Kafka Streams would stop at a message that has none, and at the same one after every restart.
   */
  private static final TimestampExtractor ANY_STAMP = new WallclockTimestampExtractor();

  private final List<FoldSpec> folds;
  private final RecordType anomalies;
  private final GroupConfig groups;
  private final Optional<RecordType> feedback;
  private final Optional<RecordType> known;
  private final List<RecordType> rollups;
  private final List<RecordType> pairs;
  private final List<RecordType> alerts;
  private final Duration ahead;
  private final List<RecordType> insights;
  private final long publishFromMicros;
  private final List<RecordType> scores;
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
    this.anomalies = insight(catalog, AnomalyEvent.getClassSchema());
    this.groups = GroupConfig.of(config.groupGap());
    var baselines = insight(catalog, MetricBaseline.getClassSchema());
    var residuals = find(catalog, Residual.getClassSchema());
    this.feedback = feedback(catalog, RecordType.Origin.PUBLISHED);
    this.known = feedback(catalog, RecordType.Origin.COMPUTED);
    this.folds =
        catalog
            .folded()
            .map(type -> FoldSpec.of(type, config, anomalies, baselines, residuals, known))
            .toList();
    this.rollups = catalog.rolledUp().toList();
    this.pairs = catalog.paired().toList();
    this.alerts = catalog.raised().toList();
    this.ahead = config.timing().over(Timing.DEFAULT).ahead();
    this.insights = catalog.gained().toList();
    this.publishFromMicros = config.publishFromMicros();
    this.scores = catalog.scored().toList();
    this.registry = registry;
    this.metrics = metrics;
  }

  /** The same, counting nothing. */
  public AggregationTopology(
      RecordCatalog catalog, AggregatorConfig config, SchemaRegistry registry) {
    this(catalog, config, registry, AggregatorMetrics.NONE);
  }

  private static Optional<RecordType> find(RecordCatalog catalog, Schema schema) {
    return catalog.types().stream()
        .filter(type -> type.schema().getFullName().equals(schema.getFullName()))
        .findFirst();
  }

  static RecordType insight(RecordCatalog catalog, Schema schema) {
    return find(catalog, schema)
        .orElseThrow(
            () ->
                new MillraceException(
                    AggregatorFailure.NO_INSIGHT_TYPE,
                    "the catalogue has no record type of %s; add it"
                        .formatted(schema.getFullName())));
  }

  private static Optional<RecordType> feedback(RecordCatalog catalog, RecordType.Origin origin) {
    var schema = AnomalyFeedback.getClassSchema().getFullName();
    return catalog.types().stream()
        .filter(type -> type.schema().getFullName().equals(schema) && type.origin() == origin)
        .findFirst();
  }

  @Override
  public Topology get() {
    var builder = new StreamsBuilder();
    rollups.forEach(type -> addRollup(builder, type));
    var streams = new SharedStreams(builder, ANY_STAMP);
    var derived = new DerivedStreams(streams, registry, metrics);
    pairs.forEach(type -> derived.addPairs(type, ahead));
    alerts.forEach(derived::addAlerts);
    addInsights(streams);
    known.ifPresent(copy -> addCopy(streams, copy));
    scores.forEach(type -> addScores(streams, type));
    new FoldStreams(streams, registry, metrics).add(folds, anomalies, groups);
    var topology = builder.build();
    known().forEach((type, fields) -> addKnown(topology, type, fields));
    return topology;
  }

  /** What every process is to know of is not to be read by one: it has a topic of its own. */
  private void addCopy(SharedStreams streams, RecordType copy) {
    var bytes = Serdes.ByteArray();
    feedback.ifPresent(
        type ->
            streams
                .of(type)
                .to(copy.topic(), Produced.with(bytes, bytes).withName(copy.topic() + "-copied")));
  }

  private void addInsights(SharedStreams streams) {
    var raw = folds.stream().map(FoldSpec::type).toList();
    var insight = new InsightTopology(streams, registry, metrics, raw, publishFromMicros);
    insights.forEach(insight::add);
  }

  /** Tables of entities, and the fields they are looked up by. */
  private Map<RecordType, Set<String>> known() {
    var enriched =
        folds.stream()
            .flatMap(fold -> fold.type().enrichment().stream())
            .flatMap(added -> added.known().stream());
    var rolledUp = rollups.stream().flatMap(type -> type.rollup().orElseThrow().known().stream());
    var tables = new LinkedHashMap<RecordType, Set<String>>();
    Stream.concat(enriched, rolledUp)
        .forEach(
            table -> tables.computeIfAbsent(table.of(), of -> new TreeSet<>()).add(table.as()));
    known.ifPresent(type -> tables.put(type, Set.of(KnownFeedback.INCIDENT)));
    return tables;
  }

  private void addKnown(Topology topology, RecordType type, Set<String> fields) {
    var bytes = new ByteArrayDeserializer();
    topology.addGlobalStore(
        new KnownEntities.Builder(type, fields, registry),
        type.topic() + " (known)",
        ANY_STAMP,
        bytes,
        bytes,
        type.topic(),
        type.topic() + " (keep)",
        () -> new KeepKnown(KnownEntities.name(type)));
  }

  private void addRollup(StreamsBuilder builder, RecordType into) {
    var bytes = Serdes.ByteArray();
    var rows =
        Consumed.with(bytes, bytes)
            .withTimestampExtractor(ANY_STAMP)
            .withName(into.topic() + "-rows");
    builder.addStateStore(RollupProcessor.store(into, metrics.fold(into.topic())));
    builder.stream(into.rollup().orElseThrow().topics(), rows)
        .process(() -> new PartProcessor(into, registry), Named.as(into.topic() + "-split"))
        .repartition(Repartitioned.with(bytes, bytes).withName(into.topic()))
        .process(
            () -> new RollupProcessor(into, registry),
            Named.as(into.topic() + "-rollup"),
            RollupProcessor.storeName(into))
        .to(into.topic(), Produced.with(bytes, bytes).withName(into.topic() + "-published"));
  }

  private void addScores(SharedStreams streams, RecordType into) {
    new ScoreTopology(streams, into, anomalies, registry, metrics.fold(into.topic())).add();
  }
}
