package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.AnomalyEvent;
import dev.millrace.schema.insight.AnomalyFeedback;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Severity;
import dev.millrace.schema.insight.TimePeriod;
import dev.millrace.schema.insight.Verdict;
import dev.millrace.schema.wire.MessageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From residuals, incidents and what people found of them to training data and evaluations. */
class LearningTopologyTest {
  private static final Instant NOON = Instant.parse("2024-02-28T12:00:00Z");
  private static final Instant NOW = NOON.plus(Duration.ofDays(60));
  private static final RecordType SNAPSHOTS = InsightRecords.ML_TRAINING_SNAPSHOTS;
  private static final List<String> STORES =
      List.of(
          "insight.ml-training-snapshots-hours",
          "insight.ml-training-snapshots-incidents",
          "insight.anomaly-feedback-cases",
          "insight.ml-model-metrics-days");

  private FoldDriver driver = new FoldDriver(NOW, Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void anHourOfADeviceIsASnapshot() {
    residual(0, "rx_power", "port1", 1.0);
    residual(5, "rx_power", "port2", -3.0);
    residual(5, "temperature", "port1", 0.5);
    residual(90, "rx_power", "port1", 0);

    var snapshots = driver.read(SNAPSHOTS);
    assertThat(snapshots).hasSize(1);
    var snapshot = snapshots.get(0);
    assertThat(snapshot.get("model_name")).hasToString("anomaly_detector");
    assertThat(snapshot.get("snapshot_type")).hasToString("full");
    assertThat(snapshot.get("scope_type")).hasToString("device");
    assertThat(snapshot.get("device_ip")).hasToString("10.0.0.1");
    assertThat(snapshot.get("site_id")).isEqualTo(7);
    assertThat(snapshot.get("data_start_time")).isEqualTo(micros(0));
    assertThat(snapshot.get("data_end_time")).isEqualTo(micros(60));
    assertThat(snapshot.get("created_at")).isEqualTo(micros(60));
    assertThat(snapshot.get("label")).hasToString("{\"anomaly\":false,\"incidents\":[]}");
    assertThat(snapshot.get("feature_vector"))
        .hasToString(
            "{\"hour_of_day\":12,\"day_of_week\":3,\"left_out\":0,\"metrics\":{"
                + "\"rx_power\":{\"mean\":19.0,\"expected\":20.0,\"residual\":-1.0,"
                + "\"residual_sigma\":-1.0,\"farthest_sigma\":-3.0,\"min\":16.0,\"max\":22.0,"
                + "\"samples\":120,\"windows\":2},"
                + "\"temperature\":{\"mean\":20.5,\"expected\":20.0,\"residual\":0.5,"
                + "\"residual_sigma\":0.5,\"farthest_sigma\":0.5,\"min\":19.5,\"max\":21.5,"
                + "\"samples\":60,\"windows\":1}}}");
  }

  @Test
  void whatIsNoDeviceIsOfTheScopeOfItsSeries() {
    for (var minute : List.of(0, 90)) {
      var residual = ResidualRecord.of("t|a", "", "speed", at(minute), 1);
      residual.setDeviceIp(null);
      residual.setSiteId(null);
      residual.setScopeType("asset");
      driver.send(InsightRecords.RESIDUALS, residual);
    }
    var snapshot = driver.read(SNAPSHOTS).get(0);
    assertThat(snapshot.get("scope_type")).hasToString("asset");
    assertThat(snapshot.get("device_ip")).isNull();
  }

  @Test
  void theIncidentsOfAnHourAreItsLabel() {
    residual(0, "rx_power", "port1", 9);
    step(1, IncidentStatus.opened, 0, 10, 11, null);
    step(2, IncidentStatus.opened, 0, -100, -99, null);
    step(2, IncidentStatus.closed, 1, -100, -50, -60);
    step(3, IncidentStatus.opened, 0, 20, 21, null);
    step(3, IncidentStatus.closed, 1, 20, 31, 30);
    feedback(3, Verdict.false_positive, 40);
    residual(90, "rx_power", "port1", 0);

    assertThat(labels())
        .containsExactly(
            "{\"anomaly\":true,\"incidents\":["
                + label(1, "2024-02-28T12:10:00Z", "")
                + ","
                + label(
                    3,
                    "2024-02-28T12:20:00Z",
                    ",\"to\":\"2024-02-28T12:30:00Z\",\"verdict\":\"false_positive\","
                        + "\"is_false_positive\":true")
                + "]}");
    residual(150, "rx_power", "port1", 0);
    assertThat(labels())
        .as("still open in the next hour")
        .containsExactly(
            "{\"anomaly\":true,\"incidents\":[" + label(1, "2024-02-28T12:10:00Z", "") + "]}");
  }

  @Test
  void whatIsFoundLaterIsASnapshotOfLabels() {
    residual(0, "rx_power", "port1", 9);
    step(1, IncidentStatus.opened, 0, 10, 11, null);
    step(1, IncidentStatus.closed, 1, 10, 21, 20);
    residual(90, "rx_power", "port1", 0);
    driver.read(SNAPSHOTS);

    feedback(1, Verdict.confirmed, 3_000);
    var found = driver.read(SNAPSHOTS);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("snapshot_type")).hasToString("labels");
    assertThat(found.get(0).get("scope_type")).hasToString("device");
    assertThat(found.get(0).get("device_ip")).hasToString("10.0.0.1");
    assertThat(found.get(0).get("feature_vector")).isNull();
    assertThat(found.get(0).get("data_start_time")).isEqualTo(micros(10));
    assertThat(found.get(0).get("data_end_time")).isEqualTo(micros(20));
    assertThat(found.get(0).get("created_at")).isEqualTo(micros(3_000));
    assertThat(found.get(0).get("label").toString())
        .endsWith("\"verdict\":\"confirmed\",\"is_false_positive\":false}]}");

    takeBack(1);
    assertThat(labels()).hasSize(1).noneMatch(label -> label.contains("verdict"));
  }

  @Test
  void whatWasMissedIsASnapshotOfLabels() {
    residual(0, "rx_power", "port1", 9);
    residual(90, "rx_power", "port1", 0);
    driver.read(SNAPSHOTS);
    missed(4, 10, 50, 3_000);
    assertThat(labels())
        .containsExactly(
            "{\"anomaly\":true,\"incidents\":[{\"incident_id\":\""
                + id(4)
                + "\",\"metric\":\"rx_power\",\"series\":"
                + "{\"device_ip\":\"10.0.0.1\",\"interface_name\":\"port1\"},"
                + "\"from\":\"2024-02-28T12:10:00Z\",\"to\":\"2024-02-28T12:50:00Z\","
                + "\"verdict\":\"missed\"}]}");
  }

  @Test
  void everyDayTheDetectorIsEvaluated() {
    residual(0, "rx_power", "port1", 0);
    for (var incident = 1; incident <= 8; incident++) {
      step(incident, IncidentStatus.opened, 0, 10 + incident, 20, null);
      step(incident, IncidentStatus.closed, 1, 10 + incident, 40, 40);
    }
    residual(720 + 60, "rx_power", "port1", 0);
    var first = evaluations();
    assertThat(first).hasSize(1);
    assertThat(first.get(0).get("model_name")).hasToString("anomaly_detector");
    assertThat(first.get(0).get("model_version")).hasToString(InsightRecords.DETECTOR_VERSION);
    assertThat(first.get(0).get("evaluated_at")).isEqualTo(micros(720));
    assertThat(first.get(0).get("predictions_made")).isEqualTo(8);
    assertThat(first.get(0).get("true_positives")).isEqualTo(0);
    assertThat(first.get(0).get("precision_score")).as("nothing is known").isNull();
    assertThat(first.get(0).get("recall_score")).isNull();
    assertThat(first.get(0).get("accuracy")).isNull();

    for (var incident = 1; incident <= 6; incident++) {
      feedback(incident, incident <= 2 ? Verdict.false_positive : Verdict.confirmed, 800);
    }
    feedback(2, Verdict.confirmed, 810);
    feedback(2, Verdict.false_positive, 820);
    feedback(7, Verdict.expected, 830);
    missed(99, 30, 50, 840);
    residual(720 + 1_440 + 60, "rx_power", "port1", 0);
    var second = evaluations();
    assertThat(second).hasSize(1);
    assertThat(second.get(0).get("predictions_made")).isEqualTo(8);
    assertThat(second.get(0).get("true_positives")).isEqualTo(4);
    assertThat(second.get(0).get("false_positives")).isEqualTo(2);
    assertThat(second.get(0).get("precision_score")).isEqualTo(4 / 6.0);
    assertThat(second.get(0).get("recall_score")).isEqualTo(0.8);
    assertThat((Double) second.get(0).get("f1_score")).isBetween(0.727, 0.728);

    takeBack(99);
    residual(720 + 29 * 1_440 + 60, "rx_power", "port1", 0);
    residual(720 + 30 * 1_440 + 60, "rx_power", "port1", 0);
    var later = evaluations();
    assertThat(later).hasSize(29);
    assertThat(later.get(0).get("recall_score")).isEqualTo(1.0);
    assertThat(later.get(27).get("predictions_made")).as("the thirtieth day").isEqualTo(8);
    assertThat(later.get(28).get("predictions_made")).isEqualTo(0);
    assertThat(later.get(28).get("precision_score")).isNull();
  }

  @Test
  void anIncidentThatIsPublishedAgainIsCountedOnce() {
    residual(0, "rx_power", "port1", 0);
    step(1, IncidentStatus.opened, 0, 10, 20, null);
    step(1, IncidentStatus.opened, 0, 10, 20, null);
    feedback(1, Verdict.confirmed, 100);
    feedback(1, Verdict.confirmed, 100);
    residual(720 + 60, "rx_power", "port1", 0);
    var day = evaluations().get(0);
    assertThat(day.get("predictions_made")).isEqualTo(1);
    assertThat(day.get("true_positives")).isEqualTo(1);
  }

  @Test
  void whatWasFoundBeforeTheIncidentCameCounts() {
    residual(0, "rx_power", "port1", 0);
    feedback(1, Verdict.confirmed, 100);
    step(1, IncidentStatus.opened, 0, 10, 20, null);
    residual(720 + 60, "rx_power", "port1", 0);
    assertThat(evaluations().get(0).get("true_positives")).isEqualTo(1);
  }

  @Test
  void whatIsOfBeforeIsNotPublished() {
    driver.close();
    driver = new FoldDriver(NOW, Map.of("aggregator.publish_from", "2024-02-28T13:00:00Z"));
    residual(0, "rx_power", "port1", 0);
    residual(60, "rx_power", "port1", 0);
    step(1, IncidentStatus.opened, 0, 10, 20, null);
    residual(150, "rx_power", "port1", 0);
    feedback(1, Verdict.confirmed, 160);
    assertThat(driver.read(SNAPSHOTS))
        .extracting(each -> each.get("data_start_time"))
        .containsExactly(micros(60));
    residual(720 + 60, "rx_power", "port1", 0);
    assertThat(evaluations()).isEmpty();
  }

  @Test
  void whatCannotBeDecodedIsLeftOut() {
    var key = id(1).getBytes(StandardCharsets.UTF_8);
    for (var type :
        List.of(
            InsightRecords.RESIDUALS, InsightRecords.ANOMALIES, InsightRecords.ANOMALY_FEEDBACK)) {
      driver.sendBytes(type, key, new byte[] {9, 9, 9});
      driver.sendBytes(type, key, null);
      driver.sendBytes(type, null, new byte[] {9, 9, 9});
    }
    anHourOfADeviceIsASnapshot();
  }

  @Test
  void aTaskThatIsTakenUpElsewhereGoesOnAsIfNothingHadBeen() {
    var without = new ArrayList<GenericRecord>();
    for (var hour = 0; hour < 60; hour++) {
      hour(hour);
    }
    without.addAll(driver.read(SNAPSHOTS));
    without.addAll(evaluations());

    var registry = driver.registry();
    var changelogs = new Changelogs(STORES);
    var snapshots = new ArrayList<GenericRecord>();
    var evaluations = new ArrayList<GenericRecord>();
    for (var hour = 0; hour < 60; hour++) {
      if (hour % 7 == 0) {
        driver.close();
        driver = new FoldDriver(NOW, Map.of(), registry);
        changelogs.restore(driver);
      }
      hour(hour);
      changelogs.take(driver);
      snapshots.addAll(driver.read(SNAPSHOTS));
      evaluations.addAll(evaluations());
    }
    snapshots.addAll(evaluations);
    assertThat(snapshots).isEqualTo(without).hasSizeGreaterThan(60);
  }

  /** An hour of residuals, with an incident that is judged a day later. */
  private void hour(int hour) {
    var begin = hour * 60;
    for (var minute = 0; minute < 60; minute += 5) {
      residual(begin + minute, "rx_power", "port1", hour);
    }
    step(hour, IncidentStatus.opened, 0, begin + 10, begin + 20, null);
    step(hour, IncidentStatus.closed, 1, begin + 10, begin + 70, begin + 65);
    if (hour >= 24) {
      feedback(hour - 24, hour % 3 == 0 ? Verdict.false_positive : Verdict.confirmed, begin + 30);
    }
  }

  private List<GenericRecord> evaluations() {
    return driver.read(InsightRecords.ML_MODEL_METRICS);
  }

  private List<String> labels() {
    return driver.read(SNAPSHOTS).stream().map(each -> each.get("label").toString()).toList();
  }

  private static String label(int incident, String from, String rest) {
    return "{\"incident_id\":\""
        + id(incident)
        + "\",\"metric\":\"rx_power\",\"type\":\"spike\",\"severity\":\"critical\",\"series\":"
        + "{\"device_ip\":\"10.0.0.1\",\"interface_name\":\"port1\",\"site_id\":\"7\"},"
        + "\"from\":\""
        + from
        + "\""
        + rest
        + "}";
  }

  private void residual(int minute, String metric, String port, double sigma) {
    driver.send(
        InsightRecords.RESIDUALS, ResidualRecord.of("10.0.0.1", port, metric, at(minute), sigma));
  }

  private void step(
      int incident, IncidentStatus status, int revision, int from, int updated, Integer resolved) {
    var event = new AnomalyEvent();
    event.setIncidentId(UUID.fromString(id(incident)));
    event.setStatus(status);
    event.setRevision(revision);
    event.setSourceTopic("network.optical-readings");
    event.setScopeType("interface");
    event.setSeries(Map.of("device_ip", "10.0.0.1", "interface_name", "port1", "site_id", "7"));
    event.setDeviceIp("10.0.0.1");
    event.setSiteId(7);
    event.setMetricName("rx_power");
    event.setMetricValue(29.0);
    event.setExpected(20.0);
    event.setLowerBound(18.0);
    event.setUpperBound(22.0);
    event.setTimePeriod(TimePeriod.hourly);
    event.setSamplesSeen(100);
    event.setDeviationSigma(9.0);
    event.setSeverity(Severity.critical);
    event.setAnomalyType(AnomalyType.spike);
    event.setWindowMs(5_000L);
    event.setAnomalousWindows(2);
    event.setDetectedAt(at(from));
    event.setUpdatedAt(at(updated));
    event.setResolvedAt(resolved == null ? null : at(resolved));
    driver.send(InsightRecords.ANOMALIES, event);
  }

  private void feedback(int incident, Verdict verdict, int minute) {
    driver.send(InsightRecords.ANOMALY_FEEDBACK, judgement(incident, verdict, minute));
  }

  private void missed(int incident, int from, int to, int minute) {
    var judgement = judgement(incident, Verdict.missed, minute);
    judgement.setSourceTopic("network.optical-readings");
    judgement.setSeries(Map.of("device_ip", "10.0.0.1", "interface_name", "port1"));
    judgement.setMetricName("rx_power");
    judgement.setMissedFrom(at(from));
    judgement.setMissedTo(at(to));
    driver.send(InsightRecords.ANOMALY_FEEDBACK, judgement);
  }

  private void takeBack(int incident) {
    var type = InsightRecords.ANOMALY_FEEDBACK;
    driver.sendBytes(type, MessageKey.of(type, judgement(incident, Verdict.confirmed, 0)), null);
  }

  private static AnomalyFeedback judgement(int incident, Verdict verdict, int minute) {
    var judgement = new AnomalyFeedback();
    judgement.setIncidentId(UUID.fromString(id(incident)));
    judgement.setVerdict(verdict);
    judgement.setJudgedAt(at(minute));
    return judgement;
  }

  private static String id(int incident) {
    return new UUID(0, incident).toString();
  }

  private static Instant at(int minute) {
    return NOON.plusSeconds(minute * 60L);
  }

  private static long micros(int minute) {
    return at(minute).getEpochSecond() * 1_000_000;
  }
}
