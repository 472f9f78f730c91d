package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What nodes measured, their hours, and where the rows are kept. */
abstract class FiberQueries extends DomainQueries {
  record Measurement(UUID node, Instant at, Double latency, Double uptime, Double loss) {
    List<Object> asRow() {
      return row(at, node, latency, uptime, loss);
    }
  }

  private static final Pattern TABLE_SCAN =
      Pattern.compile("(?<!Bitmap )(Seq|Heap|Index|Index Only) Scan");

  private static final Map<String, Function<Measurement, Double>> METRICS =
      Map.of(
          "latency_ms", Measurement::latency,
          "uptime_pct", Measurement::uptime,
          "packet_loss", Measurement::loss);

  private final List<Measurement> measurements = new ArrayList<>();
  private final List<UUID> nodes = new ArrayList<>();

  FiberQueries(QueriedDatabase database) {
    super(database, "fiber");
  }

  @Override
  void load() throws SQLException {
    for (var n = 0; n < 3; n++) {
      var node = new UUID(random.nextLong(), random.nextLong());
      nodes.add(node);
      // Twice an hour for a week, so that hours have more than one; then four a day, past 30 days.
      for (var reading = 0; reading < 7 * 48; reading++) {
        measure(node, reading * 1800L);
      }
      for (var reading = 7 * 4; reading < 35 * 4; reading++) {
        measure(node, reading * 6 * 3600L);
      }
      // One of the last hour is slow at each node.
      measurements.add(
          new Measurement(node, before(1 + n, ChronoUnit.MINUTES), 150.5 + n, 99.0, 0.0));
    }
    database.insert(
        "fiber.nodes",
        "node_id, node_name",
        nodes.stream().map(node -> row(node, "node " + nodes.indexOf(node))).toList());
    database.insert(
        "fiber.metrics",
        "time, node_id, latency_ms, uptime_pct, packet_loss",
        measurements.stream().map(Measurement::asRow).toList());
    database.insert(
        "fiber.windows_1h",
        "node_id, bucket, metric_name, value_count, value_min, value_max, value_avg, value_p95",
        windows());
  }

  private void measure(UUID node, long secondsAgo) {
    measurements.add(
        new Measurement(
            node,
            before(secondsAgo + random.nextInt(1700) + 5, ChronoUnit.SECONDS),
            random.nextInt(20) == 0 ? null : 50 + 60 * random.nextDouble(),
            90 + 10 * random.nextDouble(),
            random.nextInt(20) == 0 ? null : random.nextDouble()));
  }

  /** As the aggregator folds them: a row a node, hour and metric, of the values that are there. */
  private List<List<Object>> windows() {
    var windows = new ArrayList<List<Object>>();
    hours()
        .forEach(
            (series, readings) ->
                METRICS.forEach(
                    (metric, value) -> {
                      var figures = Figures.of(readings.stream().map(value).toList());
                      if (figures.count() > 0) {
                        windows.add(
                            row(
                                series.get(0),
                                series.get(1),
                                metric,
                                figures.count(),
                                figures.min(),
                                figures.max(),
                                figures.mean(),
                                figures.quantile(0.95)));
                      }
                    }));
    return windows;
  }

  private Map<List<Object>, List<Measurement>> hours() {
    return measurements.stream()
        .collect(groupingBy(m -> List.of(m.node, m.at.truncatedTo(ChronoUnit.HOURS))));
  }

  @Test
  void recentNodeMetrics() throws SQLException {
    var node = nodes.get(1);
    var answer = ask("recent_node_metrics", Map.of("'uuid'", node));
    answer.is(
        since(answer.now().minus(24, ChronoUnit.HOURS)).stream()
            .filter(m -> m.node.equals(node))
            .sorted(Comparator.comparing(Measurement::at).reversed())
            .map(Measurement::asRow)
            .toList());
  }

  @Test
  void averageLatency() throws SQLException {
    var answer = ask("average_latency");
    var recent = since(answer.now().minus(30, ChronoUnit.DAYS));
    answer.is(List.of(row(Figures.of(recent.stream().map(m -> m.latency).toList()).mean())));
  }

  @Test
  void averageLatencyOfHours() throws SQLException {
    var answer = ask("average_latency_of_hours");
    var since = answer.now().minus(30, ChronoUnit.DAYS);
    var averages = new ArrayList<Double>();
    hours()
        .forEach(
            (series, readings) -> {
              if (((Instant) series.get(1)).isAfter(since)) {
                averages.add(Figures.of(readings.stream().map(m -> m.latency).toList()).mean());
              }
            });
    answer.is(List.of(row(Figures.of(averages).mean())));
  }

  @Test
  void slowMeasurements() throws SQLException {
    ask("slow_measurements").isInAnyOrder(slow(measurements));
  }

  @Test
  void slowMeasurementsOfTheLastHour() throws SQLException {
    var answer = ask("slow_measurements_last_hour");
    answer.isInAnyOrder(slow(since(answer.now().minus(1, ChronoUnit.HOURS))));
  }

  /** The plan says how many rows came, and which partitions were opened. */
  @Test
  void explainRecentNodeMetrics() throws SQLException {
    var node = nodes.get(2);
    var answer = ask("explain_recent_node_metrics", Map.of("'uuid'", node));
    var recent =
        since(answer.now().minus(24, ChronoUnit.HOURS)).stream()
            .filter(m -> m.node.equals(node))
            .count();
    var plan = String.join("\n", answer.<String>column("QUERY PLAN"));
    assertThat(plan).contains("Buffers:");
    assertThat(plan.lines().findFirst().orElseThrow())
        .contains("actual time=")
        .contains("rows=%d loops=1".formatted(recent));
    assertThat(TABLE_SCAN.matcher(plan).results().count()).isLessThan(partitions());
  }

  @Test
  void aggregatesHourlyDefinition() throws SQLException {
    var expected = new ArrayList<List<Object>>();
    hours()
        .forEach(
            (series, readings) -> {
              var latency = Figures.of(readings.stream().map(m -> m.latency).toList());
              expected.add(
                  row(
                      series.get(1),
                      series.get(0),
                      latency.mean(),
                      latency.max(),
                      latency.min(),
                      latency.quantile(0.95),
                      Figures.of(readings.stream().map(m -> m.uptime).toList()).mean(),
                      Figures.of(readings.stream().map(m -> m.loss).toList()).mean(),
                      (long) readings.size()));
            });
    ask("aggregates_hourly_definition").isInAnyOrder(expected);
  }

  /** COPY takes no parameters: the times are written into it, as psql does. */
  @Test
  void chunkExport() throws SQLException, IOException {
    var from = before(14, ChronoUnit.DAYS);
    var to = before(7, ChronoUnit.DAYS);
    try (var session = session()) {
      var copied = new StringWriter();
      session
          .connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              session
                  .text("chunk_export")
                  .replace(":lower_bound", "'" + from + "'")
                  .replace(":upper_bound", "'" + to + "'"),
              copied);
      assertThat(copied.toString().lines())
          .startsWith("time,node_id,latency_ms,uptime_pct,packet_loss")
          .hasSize(
              1
                  + (int)
                      measurements.stream()
                          .filter(m -> !m.at.isBefore(from) && m.at.isBefore(to))
                          .count());
    }
  }

  private long partitions() throws SQLException {
    try (var connection = database.owner();
        var statement = connection.createStatement();
        var count =
            statement.executeQuery("SELECT count(*) FROM millrace.partitions('fiber.metrics')")) {
      count.next();
      return count.getLong(1);
    }
  }

  private List<Measurement> since(Instant since) {
    return measurements.stream().filter(m -> m.at.isAfter(since)).toList();
  }

  private static List<List<Object>> slow(List<Measurement> all) {
    return all.stream()
        .filter(m -> m.latency != null && m.latency > 100)
        .map(Measurement::asRow)
        .toList();
  }

  /** When the rows were measured. */
  List<Instant> times() {
    return measurements.stream().map(Measurement::at).toList();
  }
}
