package dev.millrace.schema.insight;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.network.NetworkHealth;
import java.time.Duration;
import java.util.List;

/** What is computed from other records: what is normal and what is not, health, correlations. */
public final class InsightRecords {
  /** The two metrics that identify a correlation. */
  private static final String[] CORRELATED = {
    "metric_a_name", "metric_a_scope_type", "metric_a_device_ip", "metric_a_interface",
    "metric_b_name", "metric_b_scope_type", "metric_b_device_ip", "metric_b_interface"
  };

  public static final RecordType ANOMALIES =
      RecordType.of("anomalies", AnomalyEvent.getClassSchema())
          .settings(TopicSettings.keep(4, Duration.ofDays(90)))
          .computed()
          .key("incident_id")
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
          .computed()
          .key(CORRELATED)
          .eventTime("discovered_at")
          .storedIn("insight", "metric_correlations", CORRELATED)
          .build();

  public static final RecordType ML_TRAINING_SNAPSHOTS =
      RecordType.of("insight.ml-training-snapshots", MlTrainingSnapshot.getClassSchema())
          .computed()
          .key("model_name")
          .eventTime("created_at")
          .storedIn("insight", "ml_training_snapshots")
          .build();

  public static final RecordType ML_MODEL_METRICS =
      RecordType.of("insight.ml-model-metrics", MlModelMetric.getClassSchema())
          .computed()
          .key("model_name")
          .eventTime("evaluated_at")
          .storedIn("insight", "ml_model_metrics")
          .build();

  /** Every record type that is computed from others and has a table of insight. */
  public static final List<RecordType> ALL =
      List.of(
          ANOMALIES,
          BASELINES,
          HEALTH_SCORES,
          METRIC_CORRELATIONS,
          ML_TRAINING_SNAPSHOTS,
          ML_MODEL_METRICS);

  private InsightRecords() {}
}
