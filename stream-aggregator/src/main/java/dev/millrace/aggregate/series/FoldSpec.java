package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.TimingConfig;
import dev.millrace.aggregate.rules.RulesFile;
import dev.millrace.aggregate.window.Cascade;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Everything that is decided of the fold of one raw type before a record comes. Immutable; shared
 * by all its tasks.
 *
 * @param plan how its records are read
 * @param cascade the tiers they are folded into
 * @param timing when windows close
 * @param keep how long silent state is kept
 * @param publishFromMicros windows that begin before are neither published nor judged
 * @param rules what is normal, and what is not
 * @param residuals where residuals go, if the catalogue has a type of them
 * @param feedback what people have said of incidents, if the catalogue has a type of it
 * @param anomalies where steps of incidents go when they are grouped
 * @param baselines where baselines go
 */
public record FoldSpec(
    FoldPlan plan,
    Cascade cascade,
    Timing timing,
    TimingConfig keep,
    long publishFromMicros,
    RulesFile rules,
    Optional<RecordType> residuals,
    Optional<RecordType> feedback,
    RecordType anomalies,
    RecordType baselines) {

  /** The fold of a type that is folded. */
  public static FoldSpec of(
      RecordType type,
      AggregatorConfig config,
      RecordType anomalies,
      RecordType baselines,
      Optional<RecordType> residuals,
      Optional<RecordType> feedback) {
    var fold = type.fold().orElseThrow();
    var timing = config.timing().over(fold.timing());
    return new FoldSpec(
        new FoldPlan(type),
        Cascade.of(fold, timing),
        timing,
        config.timing(),
        config.publishFromMicros(),
        config.rules(),
        residuals,
        feedback,
        anomalies,
        baselines);
  }

  /** The raw type. */
  public RecordType type() {
    return plan.type();
  }

  /** Every topic the fold writes to itself. */
  public List<String> targets() {
    var windows = plan.fold().windows().stream().map(output -> output.type().topic());
    var enriched = type().enrichment().stream().map(added -> added.into().topic());
    var others = Stream.of(baselines.topic(), type().lateTopic(), type().deadLetterTopic());
    var judged = residuals.stream().map(RecordType::topic);
    return Stream.of(windows, enriched, others, judged)
        .flatMap(topics -> topics)
        .distinct()
        .toList();
  }

  /** The name of the node that writes to a topic: a topic may be written by several folds. */
  public String sinkName(String target) {
    return type().topic() + "-to-" + target;
  }

  /** The name of the node that takes steps of incidents to their groups, and of its topic. */
  public String incidents() {
    return type().topic() + "-incidents";
  }

  /** The stores of the fold. */
  public List<StoreBuilder<?>> stores(AggregatorMetrics.Fold metrics) {
    var stores = new ArrayList<StoreBuilder<?>>();
    stores.add(
        new LiveStoreBuilder<>(
            seriesStore(),
            () -> new SeriesCodec(plan.identitySchema(), cascade),
            metrics::changelog));
    stores.add(new LiveStoreBuilder<>(baselineStore(), ScopeGroup.Codec::new, metrics::changelog));
    type()
        .enrichment()
        .ifPresent(
            added ->
                stores.add(
                    new LiveStoreBuilder<>(
                        readingStore(),
                        () -> new ReadingCodec(added.counters().size()),
                        metrics::changelog)));
    return stores;
  }

  /** Whether every series is judged by a baseline of its own, and so is expected to go on. */
  boolean isLasting() {
    return plan.fold().baseline().equals(plan.fold().series());
  }

  String seriesStore() {
    return type().topic() + "-series";
  }

  String readingStore() {
    return type().topic() + "-readings";
  }

  String baselineStore() {
    return type().topic() + "-baselines";
  }
}
