package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.series.Restorer;
import dev.millrace.catalog.Fixtures;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Analyses and incidents on their way through the topology to the alerts they raise. */
class AlertTopologyTest {
  private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");
  private static final RecordType ANALYSES = CameraRecords.ANALYSES;
  private static final RecordType ALERTS = CameraRecords.ALERTS;
  private static final RecordType ANOMALIES = InsightRecords.ANOMALIES;
  private static final RecordType METRICS = CameraRecords.SYSTEM_METRICS;

  private FoldDriver driver = new FoldDriver(NOON, Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void anAnalysisThatAsksForAnAlertRaisesOne() {
    analysis(1, true);
    analysis(2, false);
    var alerts = driver.read(ALERTS);
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).get("claude_analysis_id")).isEqualTo(1L);
    assertThat(alerts.get(0).get("severity")).isEqualTo(4);
    assertThat(alerts.get(0).get("title")).hasToString("Anomaly Detected: loitering");
    assertThat(driver.read(ANALYSES)).as("nothing else").isEmpty();
  }

  @Test
  void anAnalysisRaisesOneAlertHoweverOftenItIsPublished() {
    analysis(1, false);
    analysis(1, true);
    analysis(1, true);
    driver.pass(Duration.ofDays(7));
    analysis(1, true);
    var before = driver.read(ALERTS);
    assertThat(before).hasSize(1);
    driver.pass(Duration.ofDays(9));
    analysis(1, true);
    assertThat(driver.read(ALERTS))
        .as("forgotten, it is raised again under the same key, and the table has it")
        .isEqualTo(before);
  }

  @Test
  void afterARestartNothingIsRaisedAgain() {
    analysis(1, true);
    incident(1, "opened", "warning", METRICS);
    incident(2, "opened", "warning", METRICS);
    incident(2, "updated", "critical", METRICS);
    assertThat(driver.read(ALERTS)).hasSize(4);
    var first = driver;
    driver = new FoldDriver(NOON.plusSeconds(7_200), Map.of(), first.registry());
    restore(first, "camera.alerts-camera.analyses-raised");
    restore(first, "camera.alerts-anomalies-raised");
    first.close();
    analysis(1, true);
    incident(1, "opened", "warning", METRICS);
    incident(1, "updated", "warning", METRICS);
    incident(2, "updated", "critical", METRICS);
    assertThat(driver.read(ALERTS)).isEmpty();
    analysis(2, true);
    incident(1, "updated", "critical", METRICS);
    assertThat(driver.read(ALERTS)).extracting(a -> a.get("severity")).containsExactly(4, 5);
  }

  @Test
  void anIncidentRaisesOneAlertAndAnotherIfItBecomesCritical() {
    incident(1, "opened", "warning", METRICS);
    incident(1, "updated", "warning", METRICS);
    incident(1, "updated", "critical", METRICS);
    incident(1, "updated", "critical", METRICS);
    incident(1, "closed", "critical", METRICS);
    var alerts = driver.read(ALERTS);
    assertThat(alerts).extracting(a -> a.get("severity")).containsExactly(3, 5);
    assertThat(alerts).extracting(a -> a.get("escalated")).containsExactly(false, true);
    assertThat(alerts).extracting(a -> a.get("alert_key")).doesNotHaveDuplicates();
    assertThat(alerts).allMatch(a -> a.get("camera_id").toString().equals("cam-1"));
  }

  @Test
  void anIncidentThatOpensCriticalRaisesOne() {
    incident(1, "opened", "critical", METRICS);
    incident(1, "updated", "critical", METRICS);
    var alerts = driver.read(ALERTS);
    assertThat(alerts).extracting(a -> a.get("severity")).containsExactly(5);
    assertThat(alerts.get(0).get("escalated")).isEqualTo(false);
  }

  @Test
  void aClosedIncidentAndOneOfAnotherDomainRaiseNone() {
    incident(1, "closed", "critical", METRICS);
    incident(2, "opened", "critical", HubRecords.SAMPLES);
    assertThat(driver.read(ALERTS)).isEmpty();
  }

  @Test
  void nothingStopsAtWhatCannotBeRead() {
    driver.sendBytes(ANALYSES, new byte[] {1}, null);
    driver.sendBytes(ANALYSES, new byte[] {1}, new byte[] {7});
    driver.sendBytes(ANALYSES, null, new byte[] {0, 0, 0, 0, 99});
    analysis(3, true);
    assertThat(driver.read(ALERTS)).hasSize(1);
  }

  /** An incident that the pipeline itself has found, in fifty minutes of frame rates. */
  @Test
  void aCameraThatSlowsDownRaisesAnAlert() {
    driver.close();
    driver = new FoldDriver(NOON, Map.of("aggregator.ahead_ms", "7200000"));
    for (var second = 0; second < 3_000; second++) {
      driver.send(METRICS, frameRate(second, second < 2_940 ? 25 + second % 3 : 2));
    }
    var alerts = driver.read(ALERTS);
    assertThat(alerts).isNotEmpty();
    assertThat(alerts.get(0).get("title")).hasToString("Anomaly Detected: fps");
    assertThat(alerts.get(0).get("camera_id")).hasToString("cam-7");
    assertThat(alerts).extracting(a -> a.get("alert_key")).doesNotHaveDuplicates();
  }

  private static GenericRecord frameRate(int second, double value) {
    var record = Fixtures.full(METRICS);
    record.put("metric_name", "fps");
    record.put("component", "camera");
    record.put("source_id", "cam-7");
    record.put("value", value);
    record.put("metric_timestamp", HubSample.micros(NOON.plusSeconds(second)));
    return record;
  }

  private void analysis(long id, boolean asks) {
    var record = Fixtures.full(ANALYSES);
    record.put("analysis_id", id);
    record.put("should_alert", asks);
    driver.send(ANALYSES, record);
  }

  private void incident(int id, String status, String severity, RecordType raw) {
    var series = Map.of("component", "camera", "source_id", "cam-1", "metric_name", "fps");
    driver.send(ANOMALIES, Incidents.step(id, status, severity, NOON, raw, series));
  }

  private void restore(FoldDriver from, String store) {
    for (var record : from.readRaw("test-" + store + "-changelog")) {
      Restorer.restore(driver.store(store), record.key(), record.value());
    }
  }
}
