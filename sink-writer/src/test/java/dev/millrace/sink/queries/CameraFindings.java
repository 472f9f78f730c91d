package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.queries.CameraData.Alert;
import dev.millrace.sink.queries.CameraData.Analysis;
import dev.millrace.sink.queries.CameraData.Sample;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was read in what cameras saw, what alarmed, and the system's own figures. */
abstract class CameraFindings extends CameraQueries {

  CameraFindings(QueriedDatabase database) {
    super(database);
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

  private static Map<List<Object>, List<Sample>> bySeries(Stream<Sample> samples) {
    return samples.collect(groupingBy(s -> Arrays.asList(s.metric(), s.component(), s.source())));
  }
}
