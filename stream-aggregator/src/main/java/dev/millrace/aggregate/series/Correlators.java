package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.correlate.CorrelationGroup;
import dev.millrace.aggregate.correlate.Finding;
import dev.millrace.aggregate.correlate.GroupRules;
import dev.millrace.aggregate.output.CorrelationPlan;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The groups of series of one task that are compared, by key, and the way of their findings to
 * records. A group of which nothing has arrived for a week is given up and forgotten. One thread.
 */
final class Correlators {
  private static final Duration KEEP = Duration.ofDays(7);

  private final RecordType into;
  private final GroupRules rules;
  private final CorrelationPlan plan;
  private final RecordEncoder encoder;
  private final LiveStore<CorrelationState> store;
  private final Sweep<CorrelationState> sweep;
  private final BiConsumer<byte[], byte[]> out;
  private final StateKey probe = new StateKey();

  /**
   * Over a store.
   *
   * @param out takes the key and the value of each record
   */
  Correlators(
      RecordType into,
      GroupRules rules,
      SchemaRegistry registry,
      LiveStore<CorrelationState> store,
      long nowMs,
      BiConsumer<byte[], byte[]> out) {
    this.into = into;
    this.rules = rules;
    this.plan = new CorrelationPlan((Insight.Correlations) into.insight().orElseThrow());
    this.encoder = new RecordEncoder(into, registry);
    this.store = store;
    this.out = out;
    this.sweep =
        new Sweep<>(
            store,
            KEEP.toMillis(),
            CorrelationState::arrivalMs,
            entry -> entry.value().series().end(this::publish),
            nowMs);
  }

  static StoreBuilder<?> store(String name, GroupRules rules, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(
        name, () -> new CorrelationState.Codec(rules), metrics::changelog);
  }

  /** The group of a key, of which something has arrived. */
  CorrelationState arrived(byte[] key, long nowMs) {
    probe.set(key, key.length);
    var entry = store.find(probe);
    if (entry == null) {
      entry = store.create(probe, new CorrelationState(new CorrelationGroup(rules)));
    }
    entry.value().arrived(nowMs);
    store.change(entry);
    return entry.value();
  }

  void publish(Finding finding) {
    var record = plan.record(finding);
    out.accept(MessageKey.of(into, record), encoder.encode(record));
  }

  void lookAround(long nowMs) {
    sweep.lookAround(nowMs);
  }
}
