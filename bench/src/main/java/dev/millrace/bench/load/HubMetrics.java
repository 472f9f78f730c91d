package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.MetricWindow;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/**
 * Windows of the busiest assets' metrics in every tier that is stored: of a minute, five minutes,
 * an hour and a day. As many series as the rows wanted are enough for.
 */
public final class HubMetrics implements GeneratedTable {
  /** The metrics of every asset. */
  public static final List<String> NAMES = List.of("latency", "tokens");

  private static final List<Duration> TIERS =
      List.of(
          Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));

  private static final long MICROS_A_MINUTE = 60_000_000;
  private static final int BATCH_MINUTES = 60;
  private static final List<Utf8> ENCODED_NAMES = NAMES.stream().map(Utf8::new).toList();
  private static final Utf8 TYPE = new Utf8("performance");

  private final long seed;
  private final TimeSpan span;
  private final Assets assets;
  private final int assetCount;
  private final int minutes;

  /**
   * @param atLeast rows wanted; at least one asset's are made
   * @param span rounded down to whole days at its begin and to the hour at its end
   */
  public HubMetrics(long seed, long atLeast, TimeSpan span, Assets assets) {
    this.seed = seed;
    this.span =
        new TimeSpan(
            span.from().truncatedTo(ChronoUnit.DAYS), span.until().truncatedTo(ChronoUnit.HOURS));
    this.assets = assets;
    this.minutes = (int) Duration.between(this.span.from(), this.span.until()).toMinutes();
    var perAsset = NAMES.size() * windowsOfASeries();
    this.assetCount = (int) Math.max(1, (atLeast + perAsset - 1) / perAsset);
  }

  /** How many of the busiest assets have metrics. */
  public int assets() {
    return assetCount;
  }

  private long windowsOfASeries() {
    return TIERS.stream()
        .mapToLong(tier -> (minutes + tier.toMinutes() - 1) / tier.toMinutes())
        .sum();
  }

  @Override
  public RecordType type() {
    return HubRecords.WINDOWS_1H;
  }

  @Override
  public long rows() {
    return windowsOfASeries() * NAMES.size() * assetCount;
  }

  @Override
  public TimeSpan span() {
    return span;
  }

  @Override
  public int batches() {
    return (minutes + BATCH_MINUTES - 1) / BATCH_MINUTES;
  }

  @Override
  public void generate(int batch, Consumer<IndexedRecord> out) {
    var random = new SplittableRandom(seed * 31 + batch);
    var window = new GenericData.Record(MetricWindow.getClassSchema());
    window.put("metric_type", TYPE);
    window.put("revision", 0);
    var end = Math.min(minutes, (batch + 1) * BATCH_MINUTES);
    for (var minute = batch * BATCH_MINUTES; minute < end; minute++) {
      for (var tier : TIERS) {
        if (minute % tier.toMinutes() == 0) {
          generate(window, minute, tier, random, out);
        }
      }
    }
  }

  private void generate(
      GenericRecord window,
      int minute,
      Duration tier,
      SplittableRandom random,
      Consumer<IndexedRecord> out) {
    window.put("timestamp", span.fromMicros() + minute * MICROS_A_MINUTE);
    window.put("time_bucket", tier.toMinutes() * MICROS_A_MINUTE);
    window.put("value_count", tier.toSeconds());
    for (var asset = 0; asset < assetCount; asset++) {
      window.put("asset_id", assets.encodedName(asset));
      window.put("tenant_id", assets.tenantOf(asset));
      for (var name : ENCODED_NAMES) {
        window.put("metric_name", name);
        fillValues(window, 100 + 50 * random.nextDouble(), tier.toSeconds());
        out.accept(window);
      }
    }
  }

  private static void fillValues(GenericRecord window, double mean, long count) {
    window.put("value_sum", mean * count);
    window.put("value_avg", mean);
    window.put("value_min", mean / 2);
    window.put("value_max", mean * 3);
    window.put("value_p50", mean * 0.95);
    window.put("value_p95", mean * 1.8);
    window.put("value_p99", mean * 2.5);
    window.put("value_stddev", mean / 4);
  }
}
