package dev.millrace.aggregate;

import dev.millrace.aggregate.window.Admission;
import dev.millrace.schema.Tier;
import dev.millrace.schema.insight.IncidentStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * {@link AggregatorMetrics} as Micrometer meters, named {@code millrace.aggregator.*} and tagged
 * with the raw topic. Meters are made once a topic, so that counting takes no look-up.
 */
public final class MeterAggregatorMetrics implements AggregatorMetrics {
  private static final String PREFIX = "millrace.aggregator.";

  private final MeterRegistry registry;
  private final Map<String, AggregatorMetrics.Fold> folds = new ConcurrentHashMap<>();

  public MeterAggregatorMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Fold fold(String topic) {
    return folds.computeIfAbsent(topic, FoldMeters::new);
  }

  private final class FoldMeters implements Fold {
    private final Tags tags;
    private final Counter decoded;
    private final Counter skipped;
    private final Counter deadLettered;
    private final Counter baselines;
    private final Counter changelog;
    private final Map<Admission, Counter> samples;
    private final Map<IncidentStatus, Counter> incidents;
    private final Map<Tier, Counter> windows;
    private final Map<Tier, Counter> revisions;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    FoldMeters(String topic) {
      tags = Tags.of("topic", topic);
      decoded = registry.counter(PREFIX + "records", tags.and("outcome", "decoded"));
      skipped = registry.counter(PREFIX + "records", tags.and("outcome", "skipped"));
      deadLettered = registry.counter(PREFIX + "records", tags.and("outcome", "dead_lettered"));
      changelog = registry.counter(PREFIX + "changelog.bytes", tags);
      baselines = registry.counter(PREFIX + "baselines", tags);
      samples = counters(Admission.class, "samples", "outcome", Admission::reason);
      incidents = counters(IncidentStatus.class, "incidents", "status", Enum::name);
      windows = counters(Tier.class, "windows", "tier", Tier::label);
      revisions = counters(Tier.class, "revisions", "tier", Tier::label);
    }

    private <K extends Enum<K>> Map<K, Counter> counters(
        Class<K> type, String name, String tag, Function<K, String> value) {
      var counters = new EnumMap<K, Counter>(type);
      for (var key : type.getEnumConstants()) {
        counters.put(key, registry.counter(PREFIX + name, tags.and(tag, value.apply(key))));
      }
      return counters;
    }

    @Override
    public void decoded() {
      decoded.increment();
    }

    @Override
    public void skipped() {
      skipped.increment();
    }

    @Override
    public void deadLettered() {
      deadLettered.increment();
    }

    @Override
    public void sample(Admission admission) {
      samples.get(admission).increment();
    }

    @Override
    public void window(Tier tier, int revision) {
      (revision == 0 ? windows : revisions).get(tier).increment();
    }

    @Override
    public void incident(IncidentStatus status) {
      incidents.get(status).increment();
    }

    @Override
    public void baseline() {
      baselines.increment();
    }

    @Override
    public void series(int partition, int count) {
      set("series", partition, count);
    }

    @Override
    public void openWindows(int partition, long count) {
      set("windows.open", partition, count);
    }

    @Override
    public void behind(int partition, long millis) {
      set("behind.ms", partition, millis);
    }

    @Override
    public void changelog(long bytes) {
      changelog.increment((double) bytes);
    }

    private void set(String name, int partition, long value) {
      gauges
          .computeIfAbsent(
              name + partition,
              made ->
                  registry.gauge(
                      PREFIX + name,
                      tags.and("partition", Integer.toString(partition)),
                      new AtomicLong()))
          .set(value);
    }
  }
}
