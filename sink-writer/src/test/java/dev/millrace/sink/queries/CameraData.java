package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Three cameras: what they saw in three days, what was made of it, and how the system did. */
final class CameraData {
  record Event(
      long id,
      String camera,
      String type,
      Instant at,
      BigDecimal motion,
      int objectCount,
      List<String> objects,
      String scene,
      boolean sentToClaude) {
    /** Null where the camera has no detector. */
    String objectsJson() {
      return objects == null
          ? null
          : objects.stream()
              .map("{\"class\": \"%s\", \"confidence\": 0.9}"::formatted)
              .toList()
              .toString();
    }
  }

  record Analysis(
      long id,
      long event,
      String camera,
      Instant at,
      String insight,
      String risk,
      String pattern,
      boolean shouldAlert) {}

  record Alert(
      long id, String camera, int severity, String status, Long analysis, Instant createdAt) {}

  record Sample(String metric, String component, String source, BigDecimal value, Instant at) {}

  /** A search for loitering persons finds the first two. */
  static final List<String> INSIGHTS =
      List.of(
          "A person was loitering near the entrance",
          "Two persons loiter behind the parked car",
          "A person enters the building",
          "Loitering cars, and nobody in them",
          "Nothing moves");

  final List<String> cameras = List.of("CAM001", "CAM002", "CAM003");
  final List<Event> events = new ArrayList<>();
  final List<Analysis> analyses = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();
  final List<Sample> samples = new ArrayList<>();

  private final Instant base;
  private final Random random;

  CameraData(Instant base, Random random) {
    this.base = base;
    this.random = random;
    for (var camera : cameras) {
      var offset = cameras.indexOf(camera) * 3_000L;
      for (var frame = 0; frame < 250; frame++) {
        addEvent(camera, frame * 20_000L + offset + random.nextInt(2_000) + 1_000);
      }
      for (var frame = 0; frame < 150; frame++) {
        addEvent(camera, 7_200_000 + frame * 1_600_000L + offset + random.nextInt(2_000));
      }
    }
    for (var n = 0; n < 120; n++) {
      addAnalysis(n);
    }
    for (var n = 0; n < 80; n++) {
      addAlert(n);
    }
    addSamples();
  }

  private void addEvent(String camera, long millisecondsAgo) {
    var objects =
        List.of(List.of("person"), List.of("person", "car"), List.of("car"), List.<String>of());
    var seen = random.nextInt(5);
    var scene = (int) (Math.pow(random.nextDouble(), 3) * 60);
    events.add(
        new Event(
            1000 + events.size(),
            camera,
            List.of("motion", "motion", "object_detected", "scene_change").get(random.nextInt(4)),
            base.minusMillis(millisecondsAgo),
            random.nextInt(10) == 0 ? null : decimal(4),
            random.nextInt(6),
            seen == 4 ? null : objects.get(seen),
            scene > 40 ? null : "scene-" + scene,
            random.nextInt(3) == 0));
  }

  /** Some of events that are not stored, some older than a query asks for. */
  private void addAnalysis(int n) {
    var event = events.get(random.nextInt(events.size()));
    var risks = new String[] {"none", "low", "medium", "high", "critical", null};
    analyses.add(
        new Analysis(
            500 + n,
            n % 10 == 0 ? 9_000_000 + n : event.id,
            event.camera,
            base.minus(Duration.ofMinutes(n * 100L + 3)),
            n % 9 == 0 ? null : INSIGHTS.get(random.nextInt(INSIGHTS.size())),
            risks[random.nextInt(risks.length)],
            n % 4 == 0 ? null : "loitering",
            random.nextBoolean()));
  }

  private void addAlert(int n) {
    var statuses =
        List.of("new", "new", "new", "acknowledged", "investigating", "resolved", "false_positive");
    alerts.add(
        new Alert(
            n + 1,
            n % 13 == 0 ? null : cameras.get(random.nextInt(3)),
            1 + random.nextInt(5),
            statuses.get(random.nextInt(statuses.size())),
            n % 3 == 0 ? null : 500L + random.nextInt(120),
            base.minus(Duration.ofMinutes(n * 17L + 1))));
  }

  /**
   * Five minutes before and ten after: a query of the last two minutes finds some whenever it is
   * asked.
   */
  private void addSamples() {
    for (var metric : List.of("fps", "latency")) {
      for (var source : new String[] {"CAM001", "CAM002", null}) {
        for (var seconds = -600; seconds < 300; seconds += 10) {
          var at = base.minus(Duration.ofMillis(seconds * 1000L + random.nextInt(9_000)));
          samples.add(new Sample(metric, "camera", source, decimal(6), at));
        }
      }
    }
  }

  void store(QueriedDatabase database) throws SQLException {
    database.insert(
        "camera.cameras",
        "camera_id, camera_name, ip_address, status",
        cameras.stream().map(camera -> row(camera, camera, "192.168.1.101", "online")).toList());
    database.insert(
        "camera.camera_events",
        "event_id, camera_id, event_type, event_timestamp, frame_number, motion_score, object_count,"
            + " objects_detected, scene_hash, sent_to_claude",
        events.stream()
            .map(
                e ->
                    row(
                        e.id,
                        e.camera,
                        e.type,
                        e.at,
                        e.id,
                        e.motion,
                        e.objectCount,
                        e.objectsJson(),
                        e.scene,
                        e.sentToClaude))
            .toList());
    database.insert(
        "camera.claude_analyses",
        "analysis_id, trigger_event_id, camera_id, event_timestamp, request_type, claude_response,"
            + " primary_insight, risk_assessment, pattern_type, pattern_confidence, should_alert, objects_identified",
        analyses.stream()
            .map(
                a ->
                    row(
                        a.id,
                        a.event,
                        a.camera,
                        a.at,
                        "anomaly_detection",
                        "{}",
                        a.insight,
                        a.risk,
                        a.pattern,
                        0.75,
                        a.shouldAlert,
                        "{person,car}"))
            .toList());
    database.insert(
        "camera.alerts",
        "alert_id, alert_type, severity, camera_id, claude_analysis_id, title, description, status, created_at",
        alerts.stream()
            .map(
                a ->
                    row(
                        a.id,
                        "anomaly",
                        a.severity,
                        a.camera,
                        a.analysis,
                        "alert " + a.id,
                        "described",
                        a.status,
                        a.createdAt))
            .toList());
    database.insert(
        "camera.system_metrics",
        "metric_name, metric_type, component, source_id, value, unit, metric_timestamp",
        samples.stream()
            .map(s -> row(s.metric, "gauge", s.component, s.source, s.value, "ms", s.at))
            .toList());
  }

  private BigDecimal decimal(int scale) {
    return BigDecimal.valueOf(random.nextDouble()).setScale(scale, RoundingMode.HALF_UP);
  }
}
