package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.queries.CameraData.Alert;
import dev.millrace.sink.queries.CameraData.Analysis;
import dev.millrace.sink.queries.CameraData.Event;
import dev.millrace.sink.queries.CameraData.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What cameras saw, what was read in it, alerts, and the system's own figures. */
abstract class CameraQueries extends DomainQueries {
  private static final Comparator<Event> NEWEST_FIRST = Comparator.comparing(Event::at).reversed();

  private CameraData data;

  CameraQueries(SeedDatabase database) {
    super(database, "camera");
  }

  @Override
  void load() throws SQLException {
    data = new CameraData(base(), random);
    data.store(database);
  }

  @Test
  void recentEvents() throws SQLException {
    var answer = ask("recent_events");
    answer.is(
        since(answer, Duration.ofHours(1))
            .filter(e -> e.camera().equals("CAM001"))
            .sorted(NEWEST_FIRST)
            .limit(100)
            .map(
                e ->
                    row(
                        e.id(),
                        e.type(),
                        e.at(),
                        number(e.motion()),
                        (long) e.objectCount(),
                        Answer.json(e.objectsJson())))
            .toList());
  }

  @Test
  void eventsWithAPerson() throws SQLException {
    var answer = ask("events_with_person");
    answer.is(
        since(answer, Duration.ofHours(24))
            .filter(with("person"))
            .sorted(NEWEST_FIRST)
            .map(e -> row(e.camera(), e.at(), Answer.json(e.objectsJson())))
            .toList());
  }

  @Test
  void highRiskAnalyses() throws SQLException {
    var answer = ask("high_risk_analyses");
    answer.is(
        data.analyses.stream()
            .filter(a -> "high".equals(a.risk()) || "critical".equals(a.risk()))
            .filter(a -> a.at().isAfter(answer.now().minus(7, ChronoUnit.DAYS)))
            .sorted(Comparator.comparing(Analysis::at).reversed())
            .flatMap(
                a ->
                    data.events.stream()
                        .filter(e -> e.id() == a.event())
                        .map(
                            e ->
                                row(
                                    a.id(),
                                    a.camera(),
                                    a.at(),
                                    a.insight(),
                                    a.risk(),
                                    Answer.json(e.objectsJson()))))
            .toList());
  }

  /** Two cameras may have as many of the same severity; which comes first is open then. */
  @Test
  void activeAlertsByCamera() throws SQLException {
    var answer = ask("active_alerts_by_camera");
    var expected = new ArrayList<List<Object>>();
    data.alerts.stream()
        .filter(a -> a.status().equals("new"))
        .collect(groupingBy(a -> Objects.requireNonNullElse(a.camera(), "")))
        .forEach(
            (camera, alerts) ->
                expected.add(
                    row(
                        camera.isEmpty() ? null : camera,
                        (long) alerts.size(),
                        alerts.stream().mapToLong(Alert::severity).max().orElseThrow(),
                        alerts.stream()
                            .map(Alert::createdAt)
                            .min(Instant::compareTo)
                            .orElseThrow())));
    answer.isInAnyOrder(expected);
    assertThat(answer.rows())
        .isSortedAccordingTo(
            Comparator.comparing((List<Object> camera) -> -(Long) camera.get(2))
                .thenComparing(camera -> -(Long) camera.get(1)));
  }

  @Test
  void eventsPerMinute() throws SQLException {
    var answer = ask("events_per_minute");
    var expected = new ArrayList<List<Object>>();
    since(answer, Duration.ofHours(1))
        .filter(e -> e.camera().equals("CAM001"))
        .collect(groupingBy(e -> e.at().truncatedTo(ChronoUnit.MINUTES)))
        .forEach(
            (minute, events) ->
                expected.add(
                    row(
                        minute,
                        (long) events.size(),
                        Figures.of(events.stream().map(Event::motion).toList()).mean(),
                        events.stream().mapToLong(Event::objectCount).sum())));
    expected.sort(
        Comparator.comparing((List<Object> minute) -> (Instant) minute.get(0)).reversed());
    answer.is(expected);
  }

  @Test
  void simultaneousMotion() throws SQLException {
    var answer = ask("simultaneous_motion");
    var motions =
        since(answer, Duration.ofMinutes(10))
            .filter(e -> e.type().equals("motion"))
            .sorted(Comparator.comparing(Event::at))
            .toList();
    var expected = new ArrayList<List<Object>>();
    for (var i = 1; i < motions.size(); i++) {
      var passed = Duration.between(motions.get(i - 1).at(), motions.get(i).at());
      if (passed.compareTo(Duration.ofSeconds(5)) < 0) {
        expected.add(row(motions.get(i).camera(), motions.get(i).at(), passed));
      }
    }
    assertThat(expected).hasSizeLessThan(motions.size() - 1);
    answer.is(expected);
  }

  @Test
  void duplicateScenes() throws SQLException {
    var answer = ask("duplicate_scenes");
    var expected = new ArrayList<List<Object>>();
    var scenes =
        since(answer, Duration.ofHours(1))
            .filter(e -> e.camera().equals("CAM001") && e.scene() != null)
            .collect(groupingBy(Event::scene));
    scenes.forEach(
        (scene, events) -> {
          if (events.size() > 5) {
            var times = events.stream().map(Event::at).sorted().toList();
            expected.add(
                row(
                    "CAM001",
                    scene,
                    (long) times.size(),
                    times.get(0),
                    times.get(times.size() - 1)));
          }
        });
    assertThat(expected).hasSizeLessThan(scenes.size());
    answer.isInAnyOrder(expected);
    assertThat(answer.<Long>column("duplicate_count"))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void alertsFromAnalyses() throws SQLException {
    var severities = Map.of("critical", 5L, "high", 4L, "medium", 3L);
    ask("alerts_from_analyses")
        .isInAnyOrder(
            data.analyses.stream()
                .filter(Analysis::shouldAlert)
                .filter(
                    a ->
                        data.alerts.stream()
                            .noneMatch(alert -> Objects.equals(alert.analysis(), a.id())))
                .map(
                    a ->
                        row(
                            "anomaly",
                            severities.getOrDefault(Objects.requireNonNullElse(a.risk(), ""), 2L),
                            a.camera(),
                            a.event(),
                            a.id(),
                            a.pattern() == null ? null : "Anomaly Detected: " + a.pattern(),
                            a.insight(),
                            List.of("person", "car"),
                            0.75))
                .toList());
  }

  /** The same as the view that the seed makes of it. */
  @Test
  void cameraStatsHourly() throws SQLException {
    var expected = new ArrayList<List<Object>>();
    data.events.stream()
        .collect(groupingBy(e -> List.of(e.camera(), e.at().truncatedTo(ChronoUnit.HOURS))))
        .forEach(
            (place, events) -> {
              var objects = Figures.of(events.stream().map(Event::objectCount).toList());
              expected.add(
                  row(
                      place.get(0),
                      place.get(1),
                      (long) events.size(),
                      Figures.of(events.stream().map(Event::motion).toList()).mean(),
                      objects.mean(),
                      Math.round(objects.max())));
            });
    ask("camera_stats_hourly_definition").isInAnyOrder(expected);
    view("mv_camera_stats_hourly").isInAnyOrder(expected);
  }

  /** The same as the view that the seed makes of it. */
  @Test
  void latestSystemMetrics() throws SQLException {
    var expected =
        bySeries(data.samples.stream()).values().stream()
            .map(series -> series.stream().max(Comparator.comparing(Sample::at)).orElseThrow())
            .map(s -> row(s.metric(), s.component(), s.source(), number(s.value()), "ms", s.at()))
            .toList();
    ask("system_metrics_latest_definition").isInAnyOrder(expected);
    view("v_system_metrics_latest").isInAnyOrder(expected);
  }

  @Test
  void systemMetricsOfTheLastMinutes() throws SQLException {
    var answer = ask("system_metrics_rollup");
    var from = answer.now().minus(2, ChronoUnit.MINUTES);
    var to = answer.now().truncatedTo(ChronoUnit.MINUTES);
    var expected = new ArrayList<List<Object>>();
    bySeries(data.samples.stream().filter(s -> !s.at().isBefore(from) && s.at().isBefore(to)))
        .values()
        .forEach(
            series ->
                series.stream()
                    .collect(groupingBy(s -> s.at().truncatedTo(ChronoUnit.MINUTES)))
                    .forEach((minute, samples) -> expected.add(rollup(minute, samples))));
    answer.isInAnyOrder(expected);
  }

  private static List<Object> rollup(Instant minute, List<Sample> samples) {
    var figures = Figures.of(samples.stream().map(Sample::value).toList());
    var first = samples.get(0);
    return row(
        first.metric(),
        first.component(),
        first.source(),
        minute,
        figures.min(),
        figures.max(),
        figures.mean(),
        figures.sum(),
        figures.count(),
        figures.quantile(0.5),
        figures.quantile(0.95),
        figures.quantile(0.99));
  }

  @Test
  void whatTheIndexesAreFor() throws SQLException {
    var recent = ask("recent_events_of_camera");
    recent.is(
        since(recent, Duration.ofHours(24))
            .filter(e -> e.camera().equals("CAM001"))
            .sorted(NEWEST_FIRST)
            .map(e -> row(e.id(), e.type(), e.at()))
            .toList());
    ask("high_motion_events")
        .is(
            data.events.stream()
                .filter(e -> e.motion() != null && e.motion().doubleValue() > 0.7)
                .sorted(NEWEST_FIRST)
                .map(e -> row(e.camera(), e.at(), Answer.json(e.objectsJson())))
                .toList());
    ask("object_class_search")
        .is(data.events.stream().filter(with("car")).map(e -> row(e.id(), e.camera())).toList());
    ask("events_pending_claude")
        .is(
            data.events.stream()
                .filter(e -> !e.sentToClaude())
                .sorted(Comparator.comparing(Event::at))
                .map(e -> row(e.id(), e.at()))
                .toList());
  }

  @Test
  void whatTheIndexesOfAlertsAreFor() throws SQLException {
    var newest = Comparator.comparing(Alert::createdAt).reversed();
    ask("recent_alerts_by_camera")
        .is(
            data.alerts.stream()
                .filter(a -> "CAM001".equals(a.camera()) && !a.status().equals("resolved"))
                .sorted(newest)
                .map(a -> row(a.id(), "alert " + a.id(), a.createdAt()))
                .toList());
    ask("critical_new_alerts")
        .is(
            data.alerts.stream()
                .filter(a -> a.severity() >= 4 && a.status().equals("new"))
                .sorted(newest)
                .map(a -> row(a.id(), (long) a.severity(), a.createdAt()))
                .toList());
  }

  /** By the roots of words, as English has them. */
  @Test
  void searchesInsights() throws SQLException {
    ask("insight_search", Map.of(":words", "persons loitered"))
        .is(
            data.analyses.stream()
                .filter(a -> a.insight() != null && a.insight().contains("loiter"))
                .filter(a -> a.insight().contains("erson"))
                .map(a -> row(a.id(), a.camera(), a.insight()))
                .toList());
  }

  /** When the events were. */
  List<Instant> times() {
    return data.events.stream().map(Event::at).toList();
  }

  private Answer view(String name) throws SQLException {
    try (var session = session()) {
      return session.run("SELECT * FROM " + name, Map.of());
    }
  }

  private Stream<Event> since(Answer answer, Duration age) {
    return data.events.stream().filter(e -> e.at().isAfter(answer.now().minus(age)));
  }

  private static Predicate<Event> with(String objectClass) {
    return e -> e.objects() != null && e.objects().contains(objectClass);
  }

  private static Map<List<Object>, List<Sample>> bySeries(Stream<Sample> samples) {
    return samples.collect(groupingBy(s -> Arrays.asList(s.metric(), s.component(), s.source())));
  }

  private static Double number(Number value) {
    return value == null ? null : value.doubleValue();
  }
}
