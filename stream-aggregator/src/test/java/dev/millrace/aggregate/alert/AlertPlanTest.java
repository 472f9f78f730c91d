package dev.millrace.aggregate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.catalog.Fixtures;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.insight.InsightRecords;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules of alerts make of a record, field by field. */
class AlertPlanTest {
  private static final RecordType ALERTS = CameraRecords.ALERTS;
  private static final RecordType ANALYSES = CameraRecords.ANALYSES;
  private static final RecordType ANOMALIES = InsightRecords.ANOMALIES;

  private final AlertPlan ofAnalyses = new AlertPlan(ALERTS, ANALYSES.topic());
  private final AlertPlan ofIncidents = new AlertPlan(ALERTS, ANOMALIES.topic());

  @Test
  void anAnalysisRaisesWhatTheSeedsQueryWould() {
    var analysis = Fixtures.full(ANALYSES);
    var alert = ofAnalyses.raise(analysis, true);
    assertThat(alert.get("alert_type")).hasToString("anomaly");
    assertThat(alert.get("severity")).isEqualTo(4);
    assertThat(alert.get("priority")).isEqualTo(3);
    assertThat(alert.get("camera_id")).hasToString("CAM001");
    assertThat(alert.get("trigger_event_id")).isEqualTo(9007199254740993L);
    assertThat(alert.get("claude_analysis_id")).isEqualTo(9007199254740995L);
    assertThat(alert.get("title")).hasToString("Anomaly Detected: loitering");
    assertThat(alert.get("description")).hasToString("A person waits at the door");
    assertThat(alert.get("detected_objects")).isEqualTo(analysis.get("objects_identified"));
    assertThat(alert.get("confidence_score")).isEqualTo(0.75);
    assertThat(alert.get("created_at")).isEqualTo(analysis.get("event_timestamp"));
    assertThat(alert.get("status")).hasToString("new");
    assertThat(alert.get("escalated")).isEqualTo(false);
    assertThat(alert.get("alert_data"))
        .hasToString(
            """
            {"risk_assessment":"high","alert_severity":4,"alert_reason":"Nobody is expected",\
            "anomalies_flagged":["after hours"]}""");
    assertThat(GenericData.get().validate(ALERTS.schema(), alert)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"critical,5", "high,4", "medium,3", "low,2", "none,2", ",2"})
  void severityGoesByRiskWhateverTheAnalysisWouldGive(String risk, int severity) {
    var analysis = Fixtures.full(ANALYSES);
    analysis.put("risk_assessment", risk == null ? null : risk(risk));
    analysis.put("alert_severity", 1);
    assertThat(ofAnalyses.raise(analysis, true).get("severity")).isEqualTo(severity);
  }

  @Test
  void anAnalysisThatSaysNothingRaisesAnAlertAllTheSame() {
    var analysis = Fixtures.sparse(ANALYSES);
    var alert = ofAnalyses.raise(analysis, true);
    assertThat(alert.get("title")).hasToString("Anomaly Detected: no pattern named");
    assertThat(alert.get("description"))
        .hasToString("The analysis asks for an alert and does not say why.");
    assertThat(alert.get("confidence_score")).isNull();
    assertThat(alert.get("detected_objects")).isNull();
    assertThat(alert.get("alert_data")).hasToString("{}");
    assertThat(GenericData.get().validate(ALERTS.schema(), alert)).isTrue();
    analysis.put("pattern_type", " ");
    analysis.put("alert_reason", "a reason");
    alert = ofAnalyses.raise(analysis, true);
    assertThat(alert.get("title")).hasToString("Anomaly Detected: a reason");
    assertThat(alert.get("description")).hasToString("a reason");
  }

  /** The column counts code points, of which some take two chars here. */
  @Test
  void aTitleIsCutToItsColumn() {
    var analysis = Fixtures.full(ANALYSES);
    analysis.put("pattern_type", "😀".repeat(300));
    var title = ofAnalyses.raise(analysis, true).get("title").toString();
    assertThat(title.codePointCount(0, title.length())).isEqualTo(255);
    assertThat(title).startsWith("Anomaly Detected: 😀").endsWith("😀…");
    analysis.put("pattern_type", "😀".repeat(200));
    assertThat(ofAnalyses.raise(analysis, true).get("title").toString()).endsWith("😀");
    analysis.put("pattern_type", "x".repeat(255 - "Anomaly Detected: ".length()));
    assertThat(ofAnalyses.raise(analysis, true).get("title").toString()).hasSize(255).endsWith("x");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.1, 1.1, 95})
  void aConfidenceThatIsNoneDoesNotKeepTheAlertFromItsTable(double confidence) {
    var analysis = Fixtures.full(ANALYSES);
    analysis.put("pattern_confidence", confidence);
    assertThat(ofAnalyses.raise(analysis, true).get("confidence_score")).isNull();
  }

  @Test
  void anIncidentOfACameraNamesIt() {
    var incident = incident("critical", Map.of("component", "camera", "source_id", "cam-1"));
    var alert = ofIncidents.raise(incident, true);
    assertThat(alert.get("alert_type")).hasToString("anomaly");
    assertThat(alert.get("severity")).isEqualTo(5);
    assertThat(alert.get("camera_id")).hasToString("cam-1");
    assertThat(alert.get("title")).hasToString("Anomaly Detected: ping_latency_ms");
    assertThat(alert.get("description")).hasToString(incident.get("description").toString());
    assertThat(alert.get("created_at")).isEqualTo(incident.get("updated_at"));
    assertThat(alert.get("escalated")).isEqualTo(false);
    assertThat(alert.get("alert_data").toString())
        .contains(
            "\"incident_id\":\"5f1c7f9e-6d2b-4a8e-9b1c-3f2d1e0c9b8a\"",
            "\"metric_value\":9.5",
            "\"anomalous_windows\":3",
            "\"anomaly_type\":\"spike\"",
            "\"detected_at\":\"2026-03-01T10:00:00Z\"");
    assertThat(GenericData.get().validate(ALERTS.schema(), alert)).isTrue();
  }

  @Test
  void anIncidentOfSomethingElseNamesNoCamera() {
    var series = Map.of("component", "redis", "source_id", "cache-1");
    assertThat(ofIncidents.raise(incident("warning", series), true).get("camera_id")).isNull();
    var alert = ofIncidents.raise(incident("warning", Map.of()), true);
    assertThat(alert.get("camera_id")).isNull();
    assertThat(alert.get("severity")).isEqualTo(3);
  }

  @Test
  void anIncidentThatBecomesGraverRaisesOneThatSaysSo() {
    var incident = incident("critical", Map.of());
    var alert = ofIncidents.raise(incident, false);
    assertThat(alert.get("escalated")).isEqualTo(true);
    assertThat(alert.get("escalation_level")).isEqualTo(1);
    assertThat(alert.get("escalated_at")).isEqualTo(incident.get("updated_at"));
  }

  @Test
  void aNumberThatJsonDoesNotHaveIsLeftOut() {
    var incident = incident("warning", Map.of());
    incident.put("expected", Double.NaN);
    incident.put("deviation_sigma", Double.NEGATIVE_INFINITY);
    assertThat(ofIncidents.raise(incident, true).get("alert_data").toString())
        .doesNotContain("expected", "deviation_sigma")
        .contains("metric_value");
  }

  @Test
  void theKeyIsOfWhatRaisesAndItsGradeAlone() {
    var warning = incident("warning", Map.of());
    var another = incident("warning", Map.of("component", "camera"));
    another.put("description", "told otherwise");
    var key = ofIncidents.raise(warning, true).get("alert_key");
    assertThat(ofIncidents.raise(another, false).get("alert_key")).isEqualTo(key);
    assertThat(ofIncidents.raise(incident("critical", Map.of()), true).get("alert_key"))
        .isNotEqualTo(key);
  }

  @Test
  void whatWasRaisedIsRememberedByItsGrade() {
    var raised = new Raised();
    assertThat(raised.isFirst()).isTrue();
    assertThat(raised.rise(1)).isTrue();
    raised.forgetAt(77);
    var out = new StateWriter();
    raised.encode(out);
    var restored = Raised.decode(new StateReader(out.toByteArray()));
    assertThat(restored.forgetAtMs()).isEqualTo(77);
    assertThat(restored.isFirst()).isFalse();
    assertThat(restored.rise(1)).isFalse();
    assertThat(restored.rise(2)).isTrue();
    assertThat(restored.rise(1)).isFalse();
  }

  private static Object risk(String symbol) {
    var optional = ANALYSES.schema().getField("risk_assessment").schema();
    return new GenericData.EnumSymbol(optional.getTypes().get(1), symbol);
  }

  private static GenericRecord incident(String severity, Map<String, String> series) {
    var incident = Fixtures.full(ANOMALIES);
    incident.put("series", series);
    incident.put(
        "severity",
        new GenericData.EnumSymbol(ANOMALIES.schema().getField("severity").schema(), severity));
    return incident;
  }
}
