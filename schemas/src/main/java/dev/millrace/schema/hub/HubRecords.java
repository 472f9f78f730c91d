package dev.millrace.schema.hub;

import static dev.millrace.schema.Tier.FIVE_MINUTES;
import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_DAY;
import static dev.millrace.schema.Tier.ONE_HOUR;
import static dev.millrace.schema.Tier.ONE_MINUTE;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Grouping;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Tier;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.WindowOutput;
import java.util.List;
import java.util.Map;

/** The analytics hub: events and metrics of the assets of many tenants. */
public final class HubRecords {
  private static final WindowOutput.Layout WINDOW =
      new WindowOutput.Layout(
          "timestamp",
          "time_bucket",
          1,
          "metric_name",
          "revision",
          Map.of(
              Statistic.COUNT, "value_count",
              Statistic.SUM, "value_sum",
              Statistic.AVG, "value_avg",
              Statistic.MIN, "value_min",
              Statistic.MAX, "value_max",
              Statistic.P50, "value_p50",
              Statistic.P95, "value_p95",
              Statistic.P99, "value_p99",
              Statistic.STDDEV, "value_stddev"),
          Map.of());

  public static final RecordType WINDOWS_5S =
      RecordType.of("hub.windows.5s", MetricWindow.getClassSchema())
          .computed()
          .key("tenant_id", "asset_id", "metric_type", "metric_name")
          .eventTime("timestamp")
          .build();

  /** The tiers of the seed's table; the finest is read from Kafka only. */
  public static final RecordType WINDOWS_1M = storedWindows(ONE_MINUTE);

  public static final RecordType WINDOWS_5M = storedWindows(FIVE_MINUTES);
  public static final RecordType WINDOWS_1H = storedWindows(ONE_HOUR);
  public static final RecordType WINDOWS_1D = storedWindows(ONE_DAY);

  public static final RecordType SAMPLES =
      RecordType.of("hub.samples", Sample.getClassSchema())
          .key("tenant_id", "asset_id")
          .eventTime("timestamp")
          .folded(
              Fold.of("asset", "tenant_id", "asset_id", "metric_type", "metric_name", "dimensions")
                  .grouped(Grouping.by("hub.asset", "tenant_id", "asset_id"))
                  .measures(Measure.row("value", "metric_name"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_MINUTE, WINDOWS_1M, WINDOW),
                      new WindowOutput(FIVE_MINUTES, WINDOWS_5M, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW),
                      new WindowOutput(ONE_DAY, WINDOWS_1D, WINDOW)));

  public static final RecordType EVENTS =
      RecordType.of("hub.events", Event.getClassSchema())
          .key("tenant_id", "asset_id")
          .eventTime("timestamp")
          .storedIn("hub", "events", "id", "timestamp", "tenant_id")
          .build();

  public static final RecordType CORRELATIONS =
      RecordType.of("hub.correlations", Correlation.getClassSchema())
          .key("tenant_id", "primary_event_id")
          .eventTime("timestamp")
          .storedOnceIn("hub", "correlations", "id", "timestamp")
          .paired(HubCorrelations.of(EVENTS, SAMPLES))
          .build();

  public static final RecordType ASSETS =
      RecordType.of("hub.assets", Asset.getClassSchema())
          .settings(TopicSettings.compacted(1))
          .key("asset_id")
          .eventTime("updated_at")
          .storedIn("hub", "asset_metadata", "asset_id")
          .build();

  /** Every hub record type. */
  public static final List<RecordType> ALL =
      List.of(
          SAMPLES,
          WINDOWS_5S,
          WINDOWS_1M,
          WINDOWS_5M,
          WINDOWS_1H,
          WINDOWS_1D,
          EVENTS,
          CORRELATIONS,
          ASSETS);

  private HubRecords() {}

  private static RecordType storedWindows(Tier tier) {
    return RecordType.of("hub.windows." + tier.label(), MetricWindow.getClassSchema())
        .computed()
        .key("tenant_id", "asset_id", "metric_type", "metric_name")
        .eventTime("timestamp")
        .storedIn(
            "hub",
            "metrics",
            "tenant_id",
            "asset_id",
            "metric_type",
            "metric_name",
            "dimensions",
            "time_bucket",
            "timestamp")
        .build();
  }
}
