package dev.millrace.schema.insight;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.TopicSettings;
import java.time.Duration;
import java.util.List;

/** What is computed for every domain: what is normal, and what is not. */
public final class InsightRecords {

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

  /** Every computed record type that belongs to no domain. */
  public static final List<RecordType> ALL = List.of(ANOMALIES, BASELINES);

  private InsightRecords() {}
}
