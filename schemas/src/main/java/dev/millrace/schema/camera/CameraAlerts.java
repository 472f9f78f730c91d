package dev.millrace.schema.camera;

import dev.millrace.schema.Alerting;
import dev.millrace.schema.Alerting.Grade;
import dev.millrace.schema.Alerting.Rule;
import dev.millrace.schema.Condition;
import dev.millrace.schema.Fill;
import dev.millrace.schema.Fill.Choice;
import dev.millrace.schema.Fill.Constant;
import dev.millrace.schema.Fill.Copy;
import dev.millrace.schema.Fill.Json;
import dev.millrace.schema.Fill.Share;
import dev.millrace.schema.Fill.Words;
import dev.millrace.schema.Place;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What raises alerts: an analysis that asks for one, as in the seed, and an incident of the system
 * behind the cameras when it opens, and again when it becomes critical.
 */
final class CameraAlerts {
  private static final String TITLE = "Anomaly Detected: ";

  /** Characters of the title's column. */
  private static final int TITLE_MOST = 255;

  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private CameraAlerts() {}

  static Alerting of(RecordType analyses, RecordType systemMetrics) {
    return new Alerting("alert_key", List.of(analysis(analyses), incident(systemMetrics)));
  }

  /** Severity goes by risk; what the analysis itself would give is told beside it. */
  private static Rule analysis(RecordType analyses) {
    return new Rule(
        analyses,
        List.of(Condition.oneOf("should_alert", "true")),
        Place.all("analysis_id"),
        Optional.empty(),
        List.of(
            new Constant("alert_type", "anomaly"),
            new Choice(
                "severity",
                Place.of("risk_assessment"),
                Map.of("critical", 5, "high", 4, "medium", 3),
                2),
            copy("camera_id", "camera_id"),
            copy("trigger_event_id", "trigger_event_id"),
            copy("claude_analysis_id", "analysis_id"),
            new Words(
                "title",
                TITLE,
                Place.all("pattern_type", "alert_reason"),
                "no pattern named",
                TITLE_MOST),
            new Words(
                "description",
                "",
                Place.all("primary_insight", "alert_reason", "scene_description"),
                "The analysis asks for an alert and does not say why.",
                UNBOUNDED),
            copy("detected_objects", "objects_identified"),
            new Share("confidence_score", Place.of("pattern_confidence")),
            copy("created_at", "event_timestamp"),
            new Json(
                "alert_data",
                Place.all(
                    "risk_assessment", "alert_severity", "alert_reason", "anomalies_flagged"))));
  }

  private static Rule incident(RecordType systemMetrics) {
    var ofACamera = Condition.oneOf("series.component", "camera");
    return new Rule(
        InsightRecords.ANOMALIES,
        List.of(
            Condition.ofTopic("source_topic", systemMetrics),
            Condition.oneOf("status", "opened", "updated")),
        Place.all("incident_id"),
        Optional.of(
            new Grade(
                Place.of("severity"),
                List.of("info", "warning", "critical"),
                List.of(
                    new Constant("escalated", true),
                    new Constant("escalation_level", 1),
                    copy("escalated_at", "updated_at")))),
        List.of(
            new Constant("alert_type", "anomaly"),
            new Choice("severity", Place.of("severity"), Map.of("critical", 5, "warning", 3), 1),
            new Copy("camera_id", Place.of("series.source_id"), List.of(ofACamera)),
            new Words("title", TITLE, Place.all("metric_name"), "no metric named", TITLE_MOST),
            new Words(
                "description",
                "",
                Place.all("description"),
                "A metric deviates from what is normal.",
                UNBOUNDED),
            copy("created_at", "updated_at"),
            new Json(
                "alert_data",
                Place.all(
                    "incident_id",
                    "status",
                    "severity",
                    "anomaly_type",
                    "source_topic",
                    "series",
                    "metric_name",
                    "metric_unit",
                    "metric_value",
                    "expected",
                    "lower_bound",
                    "upper_bound",
                    "deviation_sigma",
                    "deviation_pct",
                    "anomalous_windows",
                    "detected_at"))));
  }

  private static Fill copy(String target, String from) {
    return new Copy(target, Place.of(from), List.of());
  }
}
