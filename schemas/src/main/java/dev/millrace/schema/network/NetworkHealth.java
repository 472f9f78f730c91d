package dev.millrace.schema.network;

import dev.millrace.schema.Curve;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.Scoring.Component;
import dev.millrace.schema.Scoring.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is healthy in a network: which metrics count in which score of a device, a path, a site and
 * the network, and from which values on. The same values are as healthy everywhere and at all
 * times; what is unusual for one series alone is told by its incidents, which count as well.
 */
public final class NetworkHealth {
  private static final String AVAILABILITY = "availability_score";
  private static final String PERFORMANCE = "performance_score";
  private static final String ERRORS = "error_score";
  private static final String CAPACITY = "capacity_score";
  private static final String OPTICAL = "optical_health";
  private static final String LATENCY = "latency_health";
  private static final String THROUGHPUT = "throughput_health";

  private static final String MEAN = "val_avg";
  private static final String P95 = "val_p95";
  private static final String P99 = "val_p99";

  /** Each nine counts: 99.9 % of an hour is 4 seconds down, 99 % is 36, 90 % is six minutes. */
  private static final Curve TIME_UP =
      Curve.linear(0, 0, 50, 10, 90, 40, 95, 55, 99, 80, 99.9, 95, 100, 100);

  /** Errors in a million packets; TCP suffers from some hundred on. */
  private static final Curve ERROR_RATE =
      Curve.log(1, 100, 10, 95, 100, 80, 1_000, 50, 10_000, 20, 100_000, 0);

  /** Headroom of a line in its busier minutes: half of it free is as good as all. */
  private static final Curve HEADROOM = Curve.linear(50, 100, 70, 85, 80, 70, 90, 40, 100, 0);

  /** Whether the peaks of an hour fit the line: near its rate, it delays and drops. */
  private static final Curve PEAKS = Curve.linear(85, 100, 95, 60, 100, 20);

  /** Reserve before a transceiver's own warning threshold. */
  private static final Curve RESERVE = Curve.linear(0, 0, 50, 70, 100, 100);

  private static final Curve PROCESSOR = Curve.linear(60, 100, 80, 80, 90, 50, 100, 10);
  private static final Curve MEMORY = Curve.linear(75, 100, 85, 80, 95, 40, 100, 10);
  private static final Curve SNMP = Curve.log(100, 100, 500, 85, 2_000, 50, 10_000, 0);
  private static final Curve SSH = Curve.log(500, 100, 2_000, 80, 10_000, 30, 30_000, 0);
  private static final Curve PING = Curve.log(20, 100, 50, 90, 100, 75, 300, 40, 1_000, 0);

  /** There and back; a conversation suffers from 300 ms on. */
  private static final Curve PATH_LATENCY = Curve.log(50, 100, 100, 90, 200, 70, 400, 40, 1_000, 0);

  private static final Curve JITTER = Curve.log(5, 100, 10, 95, 30, 75, 100, 30, 300, 0);

  /** A path that loses all is down; one that loses a twentieth is there, and of little use. */
  private static final Curve PATH_UP = Curve.linear(0, 100, 5, 80, 20, 50, 50, 20, 100, 0);

  private static final Curve LOSS = Curve.log(0.01, 100, 0.1, 95, 1, 75, 5, 35, 20, 5, 100, 0);

  private static final Scoring.Entity DEVICE =
      new Scoring.Entity(
          "device",
          new Scoring.Name("device_ip", "", List.of("device_ip")),
          1,
          List.of("netbox_device_id"),
          Set.of("device", "interface"),
          List.of(
              new Measured("availability_pct", MEAN, AVAILABILITY, TIME_UP),
              new Measured("cpu_utilization_pct", MEAN, PERFORMANCE, PROCESSOR),
              new Measured("memory_utilization_pct", MEAN, PERFORMANCE, MEMORY),
              new Measured("snmp_response_ms", P95, PERFORMANCE, SNMP),
              new Measured("ssh_response_ms", P95, PERFORMANCE, SSH),
              new Measured("error_rate_ppm", MEAN, ERRORS, ERROR_RATE),
              new Measured("rx_utilization_pct", P95, CAPACITY, HEADROOM),
              new Measured("tx_utilization_pct", P95, CAPACITY, HEADROOM),
              new Measured("signal_quality_pct", MEAN, OPTICAL, RESERVE),
              new Measured("ping_latency_ms", P95, LATENCY, PING),
              new Measured("rx_utilization_pct", P99, THROUGHPUT, PEAKS),
              new Measured("tx_utilization_pct", P99, THROUGHPUT, PEAKS)));

  /**
   * Ten paths weigh as much as a device: there are many times as many. A path has no device_ip, so
   * that who joins scores with devices by their address finds the devices' own.
   */
  private static final Scoring.Entity PATH =
      new Scoring.Entity(
          "path",
          new Scoring.Name("path_id", "->", List.of("device_ip", "destination_ip")),
          0.1,
          List.of(),
          Set.of("path"),
          List.of(
              new Measured("packet_loss_pct", MEAN, AVAILABILITY, PATH_UP),
              new Measured("packet_loss_pct", MEAN, ERRORS, LOSS),
              new Measured("jitter_ms", P95, PERFORMANCE, JITTER),
              new Measured("latency_ms", P95, LATENCY, PATH_LATENCY)));

  /** One lost ping is no outage. A poller that says nothing for an hour says nothing. */
  private static final Scoring.State PING_STATUS =
      new Scoring.State(
          NetworkRecords.AVAILABILITY_METRICS,
          "device",
          "ping_status",
          "up",
          2,
          Duration.ofHours(1),
          AVAILABILITY);

  /** Scores of devices and paths, of sites, and of the network. */
  public static final Scoring SCORING =
      new Scoring(
          "scope_type",
          List.of(DEVICE, PATH),
          new Scoring.Group("site", "site_id"),
          "network",
          new Scoring.Hours(NetworkRecords.WINDOWS_1H, "metric_name"),
          Optional.of(PING_STATUS),
          List.of(
              Component.vital(AVAILABILITY, 3, 2),
              Component.of(PERFORMANCE, 1),
              Component.of(ERRORS, 2),
              Component.of(CAPACITY, 1),
              Component.of(OPTICAL, 1),
              Component.of(LATENCY, 1),
              Component.of(THROUGHPUT, 1)),
          new Scoring.Burden(Map.of("info", 0.05, "warning", 0.15, "critical", 0.5), 0.4),
          new Scoring.Results(
              "overall_score",
              List.of(
                  new Scoring.Trend("trend_1h", 1, 0),
                  new Scoring.Trend("trend_24h", 24, 1),
                  new Scoring.Trend("trend_7d", 168, 2)),
              "active_anomaly_count",
              Map.of("warning", "active_warning_count", "critical", "active_critical_count")));

  private NetworkHealth() {}
}
