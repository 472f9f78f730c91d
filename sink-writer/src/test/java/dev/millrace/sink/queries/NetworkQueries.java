package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.sink.queries.NetworkData.Anomaly;
import dev.millrace.sink.queries.NetworkData.Availability;
import dev.millrace.sink.queries.NetworkData.Device;
import dev.millrace.sink.queries.NetworkData.Optical;
import dev.millrace.sink.queries.NetworkData.Score;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readings beside baselines, health of sites, deviations, the state of the whole network. */
abstract class NetworkQueries extends DomainQueries {
  private NetworkData data;

  NetworkQueries(QueriedDatabase database) {
    super(database, "network");
  }

  @Override
  void load() throws SQLException {
    data = new NetworkData(base(), random);
    data.store(database);
  }

  @Test
  void initialBaselines() throws SQLException {
    var answer = ask("initial_baselines");
    var expected = new ArrayList<List<Object>>();
    opticalSince(answer.now().minus(30, ChronoUnit.DAYS)).stream()
        .collect(groupingBy(o -> List.of(o.ip(), o.port())))
        .forEach(
            (series, readings) -> {
              var figures = Figures.of(readings.stream().map(Optical::rx).toList());
              expected.add(
                  row(
                      "interface",
                      series.get(0),
                      series.get(1),
                      "rx_power",
                      (long) readings.size(),
                      figures.mean(),
                      figures.quantile(0.5),
                      figures.deviation(),
                      figures.min(),
                      figures.max(),
                      figures.quantile(0.05),
                      figures.quantile(0.95),
                      figures.quantile(0.99)));
            });
    answer.isInAnyOrder(expected);
  }

  @Test
  void opticalPowerTrend() throws SQLException {
    var answer = ask("optical_power_trend");
    var hours =
        opticalSince(answer.now().minus(7, ChronoUnit.DAYS)).stream()
            .filter(o -> o.ip().equals("10.120.0.1") && o.port().equals("port1"))
            .collect(groupingBy(o -> o.at().truncatedTo(ChronoUnit.HOURS)));
    var expected = new ArrayList<List<Object>>();
    for (var baseline : data.baselines) {
      if (baseline.ip().equals("10.120.0.1")
          && baseline.port().equals("port1")
          && baseline.metric().equals("rx_power")) {
        var mean = baseline.mean().doubleValue();
        var deviation = baseline.deviation().doubleValue();
        hours.forEach(
            (hour, readings) ->
                expected.add(
                    row(
                        hour,
                        Figures.of(readings.stream().map(Optical::rx).toList()).mean(),
                        mean,
                        mean - 2 * deviation,
                        mean + 2 * deviation)));
      }
    }
    answer.isInAnyOrder(expected);
    assertThat(answer.<Instant>column("hour")).isSorted();
  }

  /** A left join of both: each score of a device is there once for each of its anomalies. */
  @Test
  void siteHealthDashboard() throws SQLException {
    var answer = ask("site_health_dashboard");
    var expected = new ArrayList<List<Object>>();
    data.devices.stream()
        .collect(groupingBy(Device::siteName))
        .forEach(
            (site, devices) -> {
              var overall = new ArrayList<Double>();
              var availability = new ArrayList<Double>();
              var critical = 0L;
              for (var device : devices) {
                var scores = orNull(scoresOf(device.ip(), answer.now().minus(1, ChronoUnit.HOURS)));
                var anomalies =
                    orNull(anomaliesOf(device.ip(), answer.now().minus(24, ChronoUnit.HOURS)));
                for (var score : scores) {
                  for (var anomaly : anomalies) {
                    overall.add(score == null ? null : score.overall().doubleValue());
                    availability.add(score == null ? null : score.availability().doubleValue());
                    if (anomaly != null
                        && anomaly.severity().equals("critical")
                        && anomaly.resolved() == null) {
                      critical++;
                    }
                  }
                }
              }
              expected.add(
                  row(
                      site,
                      (long) devices.size(),
                      Figures.of(overall).mean(),
                      Figures.of(availability).mean(),
                      critical));
            });
    expected.sort(
        Comparator.comparing(
            site -> (Double) site.get(2), Comparator.nullsLast(Comparator.naturalOrder())));
    answer.is(expected);
    assertThat(answer.<Long>column("critical_issues")).contains(0L, 9L);
  }

  @Test
  void anomalyDetection() throws SQLException {
    var answer = ask("anomaly_detection");
    var expected = new ArrayList<List<Object>>();
    for (var reading : opticalSince(answer.now().minus(5, ChronoUnit.MINUTES))) {
      for (var baseline : data.baselines) {
        if (!baseline.active()
            || baseline.deviation().signum() == 0
            || !baseline.metric().equals("rx_power")
            || !baseline.ip().equals(reading.ip())
            || !baseline.port().equals(reading.port())) {
          continue;
        }
        var mean = baseline.mean().doubleValue();
        var deviation = baseline.deviation().doubleValue();
        var sigmas = (reading.rx().doubleValue() - mean) / deviation;
        if (Math.abs(sigmas) > 2) {
          expected.add(
              row(
                  reading.ip(),
                  reading.port(),
                  reading.rx().doubleValue(),
                  mean,
                  deviation,
                  sigmas,
                  Math.abs(sigmas) > 3 ? "critical" : "warning"));
        }
      }
    }
    answer.isInAnyOrder(expected);
    assertThat(answer.<String>column("severity")).contains("critical", "warning");
  }

  @Test
  void networkSummary() throws SQLException {
    var answer = ask("network_summary");
    var since = answer.now().minus(5, ChronoUnit.MINUTES);
    var up = new ArrayList<Integer>();
    var latency = new ArrayList<Number>();
    var overall = new ArrayList<Number>();
    for (var reading : data.availability) {
      for (var score : scoresOf(reading.ip(), answer.now().minus(1, ChronoUnit.HOURS))) {
        if (reading.at().isAfter(since)) {
          up.add("up".equals(reading.ping()) ? 100 : 0);
          latency.add(reading.latency());
          overall.add(score.overall());
        }
      }
    }
    var recent = data.availability.stream().filter(reading -> reading.at().isAfter(since)).toList();
    var inTrouble =
        recent.stream()
            .filter(reading -> reading.ping() != null && !reading.ping().equals("up"))
            .map(Availability::ip)
            .distinct()
            .count();

    answer.only("scope", "snapshot_time").is(List.of(row("network", answer.now())));
    JsonNode state = answer.<JsonNode>column("network_state").get(0);
    assertThat(state.size()).isEqualTo(6);
    assertThat(state.get("total_devices").asLong())
        .isEqualTo(recent.stream().map(Availability::ip).distinct().count())
        .isEqualTo(3);
    assertThat(state.get("devices_with_issues").asLong()).isEqualTo(inTrouble).isPositive();
    assertThat(state.get("active_anomalies").asLong())
        .isEqualTo(data.anomalies.stream().filter(a -> a.resolved() == null).count());
    new Answer(
            answer.now(),
            List.of(),
            List.of(
                row(
                    state.get("avg_availability").asDouble(),
                    state.get("avg_latency_ms").asDouble(),
                    state.get("health_score").asDouble())))
        .is(
            List.of(
                row(
                    Figures.of(up).mean(),
                    Figures.of(latency).mean(),
                    Figures.of(overall).mean())));
  }

  private List<Optical> opticalSince(Instant since) {
    return data.optical.stream().filter(reading -> reading.at().isAfter(since)).toList();
  }

  private List<Score> scoresOf(String ip, Instant since) {
    return data.scores.stream().filter(s -> s.ip().equals(ip) && s.at().isAfter(since)).toList();
  }

  private List<Anomaly> anomaliesOf(String ip, Instant since) {
    return data.anomalies.stream().filter(a -> a.ip().equals(ip) && a.at().isAfter(since)).toList();
  }

  /** What a left join makes of nothing. */
  private static <T> List<T> orNull(List<T> found) {
    return found.isEmpty() ? Arrays.asList((T) null) : found;
  }
}
