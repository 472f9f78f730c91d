package dev.millrace.schema.insight;

import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.network.NetworkHealth;
import java.time.Duration;
import java.util.List;

/**
 * What is computed from other records: what is normal and what is not, health, correlations; and
 * what people say of it.
 */
public final class InsightRecords {
  /** The model that finds anomalies. */
  public static final String DETECTOR = "anomaly_detector";

  /** Its version: to be raised when it is changed so that its figures are no longer comparable. */
  public static final String DETECTOR_VERSION = "1";

  /** The two metrics that identify a correlation. */
  private static final String[] CORRELATED = {
    "metric_a_name", "metric_a_scope_type", "metric_a_device_ip", "metric_a_interface",
    "metric_b_name", "metric_b_scope_type", "metric_b_device_ip", "metric_b_interface"
  };

  public static final RecordType ANOMALIES =
      RecordType.of("anomalies", AnomalyEvent.getClassSchema())
          .settings(TopicSettings.keep(4, Duration.ofDays(90)))
          .computed()
          .key("series_key", "metric_name")
          .eventTime("detected_at")
          .storedIn("insight", "anomaly_events", "incident_id", "detected_at")
          .build();

  public static final RecordType BASELINES =
      RecordType.of("baselines", MetricBaseline.getClassSchema())
          .settings(TopicSettings.compacted(4))
          .computed()
          .key("baseline_key")
          .eventTime("calculated_at")
          .storedIn("insight", "metric_baselines", "baseline_key")
          .build();

  /** What people found of incidents; published by them, or by what they work with. */
  public static final RecordType ANOMALY_FEEDBACK =
      RecordType.of("insight.anomaly-feedback", AnomalyFeedback.getClassSchema())
          .settings(TopicSettings.compacted(4))
          .key("incident_id")
          .eventTime("judged_at")
          .storedIn("insight", "anomaly_feedback", "incident_id")
          .build();

  /** The same, for every process of the aggregator to know: a topic is not both read and known. */
  public static final RecordType KNOWN_FEEDBACK =
      RecordType.of("insight.known-feedback", AnomalyFeedback.getClassSchema())
          .settings(TopicSettings.compacted(1))
          .computed()
          .key("incident_id")
          .eventTime("judged_at")
          .build();

  /**
   * What correlations and training data are computed from. The key keeps in order, and in one
   * partition, what belongs to one device.
   */
  public static final RecordType RESIDUALS =
      RecordType.of("insight.residuals", Residual.getClassSchema())
          .settings(TopicSettings.keep(4, Duration.ofDays(2)))
          .computed()
          .key("entity")
          .eventTime("window_begin")
          .build();

  /** A score is published again where something that comes late changes it: the latest is kept. */
  public static final RecordType HEALTH_SCORES =
      RecordType.of("network.health-scores", HealthScore.getClassSchema())
          .scored(NetworkHealth.SCORING)
          .key("scope_type", "device_ip", "site_id", "path_id")
          .eventTime("calculated_at")
          .storedIn(
              "insight",
              "health_scores",
              "scope_type",
              "device_ip",
              "site_id",
              "path_id",
              "calculated_at")
          .build();

  public static final RecordType METRIC_CORRELATIONS =
      RecordType.of("network.metric-correlations", MetricCorrelation.getClassSchema())
          .settings(TopicSettings.compacted(4))
          .gained(ofDevicesAndSites())
          .key(CORRELATED)
          .eventTime("discovered_at")
          .storedIn("insight", "metric_correlations", CORRELATED)
          .build();

  public static final RecordType ML_TRAINING_SNAPSHOTS =
      RecordType.of("insight.ml-training-snapshots", MlTrainingSnapshot.getClassSchema())
          .gained(hoursOfEntities())
          .key("model_name")
          .eventTime("created_at")
          .storedIn("insight", "ml_training_snapshots")
          .build();

  public static final RecordType ML_MODEL_METRICS =
      RecordType.of("insight.ml-model-metrics", MlModelMetric.getClassSchema())
          .gained(daysOfTheDetector())
          .key("model_name")
          .eventTime("evaluated_at")
          .storedIn("insight", "ml_model_metrics")
          .build();

  /** Every record type of insight. */
  public static final List<RecordType> ALL =
      List.of(
          ANOMALIES,
          BASELINES,
          ANOMALY_FEEDBACK,
          KNOWN_FEEDBACK,
          RESIDUALS,
          HEALTH_SCORES,
          METRIC_CORRELATIONS,
          ML_TRAINING_SNAPSHOTS,
          ML_MODEL_METRICS);

  private InsightRecords() {}

  /** A message that holds the sums of 96 series is within half a megabyte. */
  private static Insight ofDevicesAndSites() {
    return new Insight.Correlations(
        RESIDUALS, "device_ip", "device", "site_id", side("metric_a_"), side("metric_b_"), 64, 96);
  }

  private static Insight hoursOfEntities() {
    return new Insight.Snapshots(
        RESIDUALS,
        ANOMALIES,
        ANOMALY_FEEDBACK,
        DETECTOR,
        List.of("device_ip", "site_id"),
        "device_ip",
        "device");
  }

  private static Insight daysOfTheDetector() {
    return new Insight.Evaluation(
        RESIDUALS, ANOMALIES, ANOMALY_FEEDBACK, DETECTOR, DETECTOR_VERSION, 30);
  }

  private static Insight.Side side(String prefix) {
    return new Insight.Side(
        prefix + "name", prefix + "scope_type", prefix + "device_ip", prefix + "interface");
  }
}
