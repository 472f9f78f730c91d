package dev.millrace.schema.fiber;

import static dev.millrace.schema.Tier.FIVE_SECONDS;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.WindowOutput;
import java.util.List;
import java.util.Map;

/** The fiber network: nodes, and what they measure. */
public final class FiberRecords {
  private static final WindowOutput.Layout WINDOW =
      new WindowOutput.Layout(
          "bucket",
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
              Statistic.STDDEV, "value_stddev",
              Statistic.P50, "value_p50",
              Statistic.P95, "value_p95",
              Statistic.P99, "value_p99"),
          Map.of());

  public static final RecordType NODES =
      RecordType.of("fiber.nodes", Node.getClassSchema())
          .settings(TopicSettings.compacted(1))
          .key("node_id")
          .eventTime("created_at")
          .storedIn("fiber", "nodes", "node_id")
          .build();

  public static final RecordType WINDOWS_5S =
      RecordType.of("fiber.windows.5s", MetricWindow.getClassSchema())
          .computed()
          .key("node_id", "metric_name")
          .eventTime("bucket")
          .build();

  /** All metrics of a node in one row: an hour. */
  public static final RecordType WINDOWS_1H = nodeWindows("1h", "aggregates_hourly");

  /** All metrics of a node in one row: a day. */
  public static final RecordType WINDOWS_1D = nodeWindows("1d", "aggregates_daily");

  public static final RecordType MEASUREMENTS =
      RecordType.of("fiber.measurements", Measurement.getClassSchema())
          .key("node_id")
          .eventTime("time")
          .storedIn("fiber", "metrics")
          .folded(
              Fold.of("node", "node_id")
                  .measures(
                      Measure.column("latency_ms", "ms"),
                      Measure.column("uptime_pct", "percent"),
                      Measure.column("packet_loss", "percent"))
                  .into(new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW)));

  /** Every fiber record type. */
  public static final List<RecordType> ALL =
      List.of(NODES, MEASUREMENTS, WINDOWS_5S, WINDOWS_1H, WINDOWS_1D);

  private FiberRecords() {}

  private static RecordType nodeWindows(String tier, String table) {
    return RecordType.of("fiber.windows." + tier, NodeWindow.getClassSchema())
        .computed()
        .key("node_id")
        .eventTime("bucket")
        .storedIn("fiber", table, "node_id", "bucket")
        .build();
  }
}
