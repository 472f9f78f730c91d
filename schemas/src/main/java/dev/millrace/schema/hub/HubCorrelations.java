package dev.millrace.schema.hub;

import dev.millrace.schema.Condition;
import dev.millrace.schema.Pairing;
import dev.millrace.schema.Pairing.Marked;
import dev.millrace.schema.Pairing.Near;
import dev.millrace.schema.Pairing.Party;
import dev.millrace.schema.Pairing.Side;
import dev.millrace.schema.Pairing.Weight;
import dev.millrace.schema.Place;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What ties events of one tenant to each other and to incidents: the id their publishers gave them,
 * or one asset at one time. Severity is free text: these are the words for what is worth a look.
 */
final class HubCorrelations {
  private static final Pairing.Layout LAYOUT =
      new Pairing.Layout(
          "id",
          "correlation_type",
          "primary_event_id",
          "related_event_id",
          "strength",
          "confidence",
          "tenant_id",
          "metadata");

  private static final String[] GRAVE = {
    "error", "high", "critical", "fatal", "alert", "emergency"
  };

  private static final String[] NOTABLE =
      Stream.concat(Stream.of(GRAVE), Stream.of("warning", "warn", "medium"))
          .toArray(String[]::new);

  private HubCorrelations() {}

  static Pairing of(RecordType events, RecordType samples) {
    return new Pairing(LAYOUT, List.of(causal(events), temporal(events), anomaly(events, samples)));
  }

  /** Events of one correlation id, or one that names its parent. */
  private static Marked causal(RecordType events) {
    var marked = Condition.known("correlation_id", "parent_event_id");
    return new Marked(
        "causal",
        new Party(events, "id", List.of(marked), Place.all("tenant_id")),
        Place.of("correlation_id"),
        Place.of("parent_event_id"),
        Duration.ofMinutes(15),
        100,
        new Weight(0.9, 0.5));
  }

  /** Grave events of different modules, of one asset. */
  private static Near temporal(RecordType events) {
    var grave = List.of(Condition.known("asset_id"), Condition.oneOf("severity", GRAVE));
    var key = Place.all("tenant_id", "asset_id", "environment");
    return new Near(
        "temporal",
        List.of(
            new Side(
                new Party(events, "id", grave, key),
                Place.all("source_module"),
                Place.all("event_type"))),
        Duration.ofMinutes(1),
        3,
        new Weight(0.5, 0));
  }

  /** An incident that opens, and notable events of the same asset. */
  private static Near anomaly(RecordType events, RecordType samples) {
    var notable = List.of(Condition.known("asset_id"), Condition.oneOf("severity", NOTABLE));
    var opened =
        List.of(
            Condition.ofTopic("source_topic", samples),
            Condition.oneOf("status", "opened"),
            Condition.known("series.asset_id"));
    return new Near(
        "anomaly",
        List.of(
            new Side(
                new Party(events, "id", notable, Place.all("tenant_id", "asset_id")),
                List.of(),
                Place.all("source_module", "event_type")),
            new Side(
                new Party(
                    InsightRecords.ANOMALIES,
                    "incident_id",
                    opened,
                    Place.all("series.tenant_id", "series.asset_id")),
                List.of(),
                Place.all("incident_id"))),
        Duration.ofMinutes(5),
        3,
        new Weight(0.7, 0));
  }
}
