package dev.millrace.schema.fiber;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_DAY;
import static dev.millrace.schema.Tier.ONE_HOUR;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Grouping;
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

  /** Hours; the seed's hourly aggregates are read from them. */
  public static final RecordType WINDOWS_1H = storedWindows("1h");

  /** Days; the seed's daily aggregates are read from them. */
  public static final RecordType WINDOWS_1D = storedWindows("1d");

  public static final RecordType MEASUREMENTS =
      RecordType.of("fiber.measurements", Measurement.getClassSchema())
          .key("node_id")
          .eventTime("time")
          .storedIn("fiber", "metrics")
          .folded(
              Fold.of("node", "node_id")
                  .grouped(Grouping.by("fiber.node", "node_id"))
                  .measures(
                      Measure.column("latency_ms", "ms"),
                      Measure.column("uptime_pct", "percent"),
                      Measure.column("packet_loss", "percent"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW),
                      new WindowOutput(ONE_DAY, WINDOWS_1D, WINDOW)));

  /** Every fiber record type. */
  public static final List<RecordType> ALL =
      List.of(NODES, MEASUREMENTS, WINDOWS_5S, WINDOWS_1H, WINDOWS_1D);

  private FiberRecords() {}

  private static RecordType storedWindows(String tier) {
    return RecordType.of("fiber.windows." + tier, MetricWindow.getClassSchema())
        .computed()
        .key("node_id", "metric_name")
        .eventTime("bucket")
        .storedIn("fiber", "windows_" + tier, "node_id", "bucket", "metric_name")
        .build();
  }
}
