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
import java.util.UUID;

/** Devices of three sites with their readings, and what was computed of them. */
final class NetworkData {
  record Device(int id, String ip, int site, String siteName) {}

  record Optical(String ip, String port, BigDecimal rx, Instant at) {}

  record Baseline(
      String ip,
      String port,
      String metric,
      BigDecimal mean,
      BigDecimal deviation,
      boolean active) {}

  record Score(String ip, BigDecimal overall, BigDecimal availability, Instant at) {}

  record Anomaly(String ip, String severity, Instant at, Instant resolved) {}

  record Availability(String ip, String ping, BigDecimal latency, Instant at) {}

  /** The last one has neither scores nor anomalies nor readings. */
  final List<Device> devices =
      List.of(
          new Device(1, "10.120.0.1", 1, "North"),
          new Device(2, "10.120.0.2", 1, "North"),
          new Device(3, "10.120.0.3", 2, "South"),
          new Device(4, "10.120.0.4", 3, "West"));

  /** Two slots of one series, one given up, one of another metric, one that never changed. */
  final List<Baseline> baselines =
      List.of(
          baseline("10.120.0.1", "port1", "rx_power", "-7.0", "0.5", true),
          baseline("10.120.0.1", "port1", "rx_power", "-6.75", "0.875", true),
          baseline("10.120.0.1", "port1", "rx_power", "-9.0", "0.25", false),
          baseline("10.120.0.1", "port1", "tx_power", "-7.0", "0.125", true),
          baseline("10.120.0.1", "port2", "rx_power", "-7.0", "0.75", true),
          baseline("10.120.0.2", "port1", "rx_power", "-7.0", "0", true),
          baseline("10.120.0.3", "port1", "rx_power", "-7.0", "0.5", true));

  final List<Optical> optical = new ArrayList<>();
  final List<Score> scores = new ArrayList<>();
  final List<Anomaly> anomalies = new ArrayList<>();
  final List<Availability> availability = new ArrayList<>();

  private final Instant base;
  private final Random random;

  NetworkData(Instant base, Random random) {
    this.base = base;
    this.random = random;
    for (var device : devices.subList(0, 3)) {
      addOptical(device.ip, "port1");
      addOptical(device.ip, "port2");
      addAvailability(device.ip);
      for (var minutes : List.of(1, 21, 41, 75, 300)) {
        scores.add(new Score(device.ip, decimal(60, 15, 2), decimal(90, 3, 2), ago(minutes * 60L)));
      }
    }
    for (var hours : List.of(1, 5, 20, 30)) {
      var at = ago(hours * 3600L);
      anomalies.add(new Anomaly("10.120.0.1", "critical", at, null));
      anomalies.add(new Anomaly("10.120.0.1", "critical", at, at.plusSeconds(60)));
      anomalies.add(new Anomaly("10.120.0.3", "warning", at, null));
    }
    anomalies.add(new Anomaly("10.120.0.3", "critical", ago(7200), null));
  }

  /** Nine days, then some of the last minutes, which leave what is normal; one is too old. */
  private void addOptical(String ip, String port) {
    for (var reading = 1; reading < 350; reading++) {
      var rx = reading % 29 == 0 ? null : decimal(-7, 0.5, 3);
      optical.add(new Optical(ip, port, rx, ago(reading * 37L * 60)));
    }
    for (var seconds : List.of(5, 25, 45, 65)) {
      optical.add(new Optical(ip, port, decimal(-7, 2, 3), ago(seconds)));
    }
    optical.add(new Optical(ip, port, new BigDecimal("-30.000"), ago(40 * 86_400L)));
  }

  private void addAvailability(String ip) {
    var statuses = new String[] {"up", "down", null, "up", "timeout"};
    var first = random.nextInt(statuses.length);
    for (var reading = 0; reading < 5; reading++) {
      var status = ip.endsWith(".1") ? "up" : statuses[(first + reading) % statuses.length];
      var latency = "up".equals(status) ? decimal(20, 4, 3) : null;
      availability.add(new Availability(ip, status, latency, ago(reading * 20L + 5)));
    }
    availability.add(new Availability(ip, "down", decimal(900, 1, 3), ago(900)));
  }

  void store(QueriedDatabase database) throws SQLException {
    database.insert(
        "network.netbox_device_cache",
        "netbox_device_id, device_ip, site_id, site_name",
        devices.stream().map(d -> row(d.id, d.ip, d.site, d.siteName)).toList());
    database.insert(
        "network.optical_metrics",
        "device_ip, interface_name, rx_power, recorded_at",
        optical.stream().map(o -> row(o.ip, o.port, o.rx, o.at)).toList());
    database.insert(
        "network.availability_metrics",
        "device_ip, ping_status, ping_latency_ms, recorded_at",
        availability.stream().map(a -> row(a.ip, a.ping, a.latency, a.at)).toList());
    database.insert(
        "insight.metric_baselines",
        "baseline_key, source_topic, scope_type, series, device_ip, interface_name, metric_name, time_period,"
            + " sample_count, baseline_mean, baseline_stddev, baseline_start_date, baseline_end_date, is_active",
        baselines.stream().map(this::stored).toList());
    database.insert(
        "insight.health_scores",
        "scope_type, device_ip, overall_score, availability_score, calculated_at",
        scores.stream().map(s -> row("device", s.ip, s.overall, s.availability, s.at)).toList());
    // Scores of other scopes have no address: who joins by it finds the devices' own.
    database.insert(
        "insight.health_scores",
        "scope_type, site_id, path_id, overall_score, availability_score, calculated_at",
        List.of(
            row("path", 1, "10.120.0.1->10.120.0.2", 5, 5, ago(60)),
            row("site", 1, null, 5, 5, ago(60)),
            row("network", null, null, 5, 5, ago(60))));
    database.insert(
        "insight.anomaly_events",
        "incident_id, status, source_topic, scope_type, series, metric_name, metric_value, device_ip, severity,"
            + " detected_at, resolved_at",
        anomalies.stream().map(this::stored).toList());
  }

  private List<Object> stored(Baseline b) {
    return row(
        uuid(),
        "network.optical-readings",
        "interface",
        "{}",
        b.ip,
        b.port,
        b.metric,
        "all",
        500,
        b.mean,
        b.deviation,
        "2025-10-01",
        "2025-10-30",
        b.active);
  }

  private List<Object> stored(Anomaly a) {
    var status = a.resolved == null ? "opened" : "closed";
    return row(
        uuid(),
        status,
        "network.optical-readings",
        "interface",
        "{}",
        "rx_power",
        -12,
        a.ip,
        a.severity,
        a.at,
        a.resolved);
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Instant ago(long seconds) {
    return base.minus(Duration.ofSeconds(seconds));
  }

  private BigDecimal decimal(double mean, double deviation, int scale) {
    return BigDecimal.valueOf(mean + random.nextGaussian() * deviation)
        .setScale(scale, RoundingMode.HALF_UP);
  }

  private static Baseline baseline(
      String ip, String port, String metric, String mean, String deviation, boolean active) {
    return new Baseline(ip, port, metric, new BigDecimal(mean), new BigDecimal(deviation), active);
  }
}
