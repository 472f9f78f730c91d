package dev.millrace.schema.camera;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_HOUR;
import static dev.millrace.schema.Tier.ONE_MINUTE;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Tier;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.WindowOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Camera analytics: here, the health of the systems behind it. */
public final class CameraRecords {
  private static final TopicSettings KEEP_7_DAYS = TopicSettings.keep(4, Duration.ofDays(7));

  private static final WindowOutput.Layout WINDOW =
      new WindowOutput.Layout(
          "rollup_timestamp",
          "window_ms",
          1_000,
          "metric_name",
          "revision",
          Map.of(
              Statistic.COUNT, "value_count",
              Statistic.MIN, "value_min",
              Statistic.MAX, "value_max",
              Statistic.AVG, "value_avg",
              Statistic.SUM, "value_sum",
              Statistic.P50, "value_p50",
              Statistic.P95, "value_p95",
              Statistic.P99, "value_p99"),
          Map.of());

  public static final RecordType WINDOWS_5S = windows(FIVE_SECONDS).build();

  public static final RecordType WINDOWS_1M =
      windows(ONE_MINUTE)
          .storedIn(
              "camera",
              "system_metrics_rollup_1m",
              "metric_name",
              "component",
              "source_id",
              "rollup_timestamp")
          .build();

  public static final RecordType WINDOWS_1H = windows(ONE_HOUR).build();

  public static final RecordType SYSTEM_METRICS =
      RecordType.of("camera.system-metrics", SystemMetric.getClassSchema())
          .settings(KEEP_7_DAYS)
          .key("component", "source_id")
          .eventTime("metric_timestamp")
          .storedIn("camera", "system_metrics")
          .folded(
              Fold.of("component", "metric_name", "component", "source_id")
                  .labels("unit")
                  .measures(Measure.row("value", "metric_name"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_MINUTE, WINDOWS_1M, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW)));

  /** Every camera record type. */
  public static final List<RecordType> ALL =
      List.of(SYSTEM_METRICS, WINDOWS_5S, WINDOWS_1M, WINDOWS_1H);

  private CameraRecords() {}

  private static RecordType.Builder windows(Tier tier) {
    return RecordType.of("camera.windows." + tier.label(), MetricWindow.getClassSchema())
        .settings(KEEP_7_DAYS)
        .computed()
        .key("metric_name", "component", "source_id")
        .eventTime("rollup_timestamp");
  }
}
