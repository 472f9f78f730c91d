package dev.millrace.schema.camera;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Camera analytics: what cameras see, what is made of it, and the systems behind it. */
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
                  .grouped(
                      Grouping.by("camera.source", "source_id")
                          .orBy("camera.component", "component"))
                  .measures(Measure.row("value", "metric_name"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_MINUTE, WINDOWS_1M, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW)));

  /** An event published again, with its analysis or its alert, replaces the one before. */
  public static final RecordType EVENTS =
      RecordType.of("camera.events", CameraEvent.getClassSchema())
          .settings(KEEP_7_DAYS)
          .key("camera_id")
          .eventTime("event_timestamp")
          .storedIn("camera", "camera_events", "event_id", "event_timestamp")
          .build();

  public static final RecordType FRAMES =
      RecordType.of("camera.frames", Frame.getClassSchema())
          .settings(KEEP_7_DAYS)
          .key("camera_id")
          .eventTime("frame_timestamp")
          .storedIn("camera", "frame_metadata", "camera_id", "frame_number", "frame_timestamp")
          .build();

  public static final RecordType ANALYSES =
      RecordType.of("camera.analyses", Analysis.getClassSchema())
          .settings(KEEP_7_DAYS)
          .key("camera_id")
          .eventTime("event_timestamp")
          .storedIn("camera", "claude_analyses", "analysis_id", "event_timestamp")
          .build();

  /**
   * Published by analyses, by incidents, and by others. Not every alert is of a camera: its type
   * keeps the key from being empty.
   */
  public static final RecordType ALERTS =
      RecordType.of("camera.alerts", Alert.getClassSchema())
          .settings(KEEP_7_DAYS)
          .key("camera_id", "alert_type")
          .eventTime("created_at")
          .storedOnceIn("camera", "alerts", "alert_key")
          .raised(CameraAlerts.of(ANALYSES, SYSTEM_METRICS))
          .build();

  public static final RecordType AUDIT =
      RecordType.of("camera.audit", AuditEntry.getClassSchema())
          .settings(KEEP_7_DAYS)
          .key("entity_type", "entity_id")
          .eventTime("event_timestamp")
          .storedIn("camera", "audit_log")
          .build();

  public static final RecordType CAMERAS =
      RecordType.of("camera.cameras", Camera.getClassSchema())
          .settings(TopicSettings.compacted(1))
          .key("camera_id")
          .eventTime("registered_at")
          .storedIn("camera", "cameras", "camera_id")
          .build();

  /** Every camera record type. */
  public static final List<RecordType> ALL =
      List.of(
          EVENTS,
          FRAMES,
          ANALYSES,
          ALERTS,
          AUDIT,
          CAMERAS,
          SYSTEM_METRICS,
          WINDOWS_5S,
          WINDOWS_1M,
          WINDOWS_1H);

  private CameraRecords() {}

  private static RecordType.Builder windows(Tier tier) {
    return RecordType.of("camera.windows." + tier.label(), MetricWindow.getClassSchema())
        .settings(KEEP_7_DAYS)
        .computed()
        .key("metric_name", "component", "source_id")
        .eventTime("rollup_timestamp");
  }
}
