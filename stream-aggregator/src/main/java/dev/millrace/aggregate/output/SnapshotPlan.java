package dev.millrace.aggregate.output;

import dev.millrace.aggregate.learn.Case;
import dev.millrace.aggregate.learn.FeatureSum;
import dev.millrace.aggregate.learn.HourFeatures;
import dev.millrace.aggregate.learn.Incident;
import dev.millrace.aggregate.learn.Whose;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Insight;
import dev.millrace.schema.insight.MlTrainingSnapshot;
import dev.millrace.schema.insight.Verdict;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** How hours of features, and the incidents in them, become records. Immutable. */
public final class SnapshotPlan {
  private static final String FULL = "full";
  private static final String LABELS = "labels";

  private final Insight.Snapshots spec;

  public SnapshotPlan(Insight.Snapshots spec) {
    this.spec = spec;
  }

  /** Whose an hour is, by a residual of it. */
  public Whose whose(String scope, GenericRecord residual) {
    var isMember = residual.get(spec.member()) != null;
    return new Whose(isMember ? spec.memberScope() : scope, identity(residual));
  }

  /** Whose an hour is, by its record. */
  public Whose whose(GenericRecord snapshot) {
    return new Whose(snapshot.get("scope_type").toString(), identity(snapshot));
  }

  private List<String> identity(GenericRecord record) {
    return spec.identity().stream()
        .map(field -> record.get(field) == null ? "" : record.get(field).toString())
        .toList();
  }

  /** The record of an hour, which has no label yet. */
  public MlTrainingSnapshot features(HourFeatures.Hour hour, Whose whose) {
    var snapshot = of(FULL, whose);
    snapshot.setFeatureVector(vector(hour));
    snapshot.setDataStartTime(Times.instant(hour.begin()));
    snapshot.setDataEndTime(Times.instant(hour.end()));
    snapshot.setCreatedAt(Times.instant(hour.end()));
    return snapshot;
  }

  private MlTrainingSnapshot of(String type, Whose whose) {
    var snapshot = new MlTrainingSnapshot();
    snapshot.setModelName(spec.model());
    snapshot.setSnapshotType(type);
    snapshot.setScopeType(whose.scope());
    for (var i = 0; i < whose.identity().size(); i++) {
      put(snapshot, spec.identity().get(i), whose.identity().get(i));
    }
    return snapshot;
  }

  private static void put(MlTrainingSnapshot snapshot, String name, String text) {
    var field = snapshot.getSchema().getField(name);
    var isInt = Fields.valueSchema(field.schema()).getType() == Schema.Type.INT;
    if (!text.isEmpty()) {
      snapshot.put(field.pos(), isInt ? (Object) Integer.valueOf(text) : text);
    }
  }

  private static String vector(HourFeatures.Hour hour) {
    var begin = Times.instant(hour.begin()).atOffset(ZoneOffset.UTC);
    var metrics = new JsonObject();
    hour.metrics().forEach((name, sum) -> metrics.putJson(name, vector(sum)));
    return new JsonObject()
        .put("hour_of_day", (long) begin.getHour())
        .put("day_of_week", (long) (begin.getDayOfWeek().getValue() % 7))
        .put("left_out", (long) hour.leftOut())
        .putJson("metrics", metrics.toString())
        .toString();
  }

  private static String vector(FeatureSum sum) {
    return new JsonObject()
        .put("mean", sum.value())
        .put("expected", sum.expected())
        .put("residual", sum.value() - sum.expected())
        .put("residual_sigma", sum.sigma())
        .put("farthest_sigma", sum.farthest())
        .put("min", sum.min())
        .put("max", sum.max())
        .put("samples", sum.samples())
        .put("windows", (long) sum.windows())
        .toString();
  }

  /** The label of an hour in which these incidents were open. */
  public static String label(List<Case> incidents) {
    return new JsonObject()
        .put("anomaly", !incidents.isEmpty())
        .putJson(
            "incidents",
            incidents.stream().map(SnapshotPlan::label).collect(Collectors.joining(",", "[", "]")))
        .toString();
  }

  private static String label(Case labelled) {
    var incident = labelled.incident().orElseThrow();
    var label = new JsonObject().put("incident_id", labelled.id());
    putKnown(label, "metric", incident.metric());
    putKnown(label, "type", incident.type());
    putKnown(label, "severity", incident.severity());
    if (!incident.series().isEmpty()) {
      label.putJson("series", incident.series());
    }
    label.put("from", Times.instant(incident.from()).toString());
    if (incident.to() != Incident.OPEN) {
      label.put("to", Times.instant(incident.to()).toString());
    }
    labelled.judgement().ifPresent(found -> putVerdict(label, found.verdict()));
    return label.toString();
  }

  private static void putKnown(JsonObject label, String name, String text) {
    if (!text.isEmpty()) {
      label.put(name, text);
    }
  }

  private static void putVerdict(JsonObject label, Verdict verdict) {
    label.put("verdict", verdict.name());
    if (verdict == Verdict.confirmed || verdict == Verdict.false_positive) {
      label.put("is_false_positive", verdict == Verdict.false_positive);
    }
  }

  /**
   * The record of what people found of an incident after its hours were told of.
   *
   * @param micros when it was found
   */
  public MlTrainingSnapshot labels(Case found, Whose whose, long micros) {
    var incident = found.incident().orElseThrow();
    var snapshot = of(LABELS, whose);
    snapshot.setLabel(label(List.of(found)));
    snapshot.setDataStartTime(Times.instant(incident.from()));
    snapshot.setDataEndTime(incident.to() == Incident.OPEN ? null : Times.instant(incident.to()));
    snapshot.setCreatedAt(Times.instant(micros));
    return snapshot;
  }
}
