package dev.millrace.schema.network;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_HOUR;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.WindowOutput;
import java.util.List;
import java.util.Map;

/** Network intelligence: what pollers read from devices and paths. */
public final class NetworkRecords {
  private static final WindowOutput.Layout WINDOW =
      new WindowOutput.Layout(
          "stat_hour",
          "window_ms",
          1_000,
          "metric_name",
          "revision",
          Map.of(
              Statistic.COUNT, "sample_count",
              Statistic.MIN, "val_min",
              Statistic.MAX, "val_max",
              Statistic.AVG, "val_avg",
              Statistic.SUM, "val_sum",
              Statistic.STDDEV, "val_stddev",
              Statistic.P50, "val_p50",
              Statistic.P95, "val_p95",
              Statistic.P99, "val_p99"),
          Map.of());

  private static final WindowOutput.Layout PATH_WINDOW =
      WINDOW.renaming(
          Map.of(
              "source_ip", "device_ip",
              "source_device_id", "netbox_device_id",
              "source_site_id", "site_id"));

  public static final RecordType WINDOWS_5S =
      RecordType.of("network.windows.5s", MetricWindow.getClassSchema())
          .computed()
          .key("device_ip", "interface_name", "destination_ip", "metric_name")
          .eventTime("stat_hour")
          .build();

  public static final RecordType WINDOWS_1H =
      RecordType.of("network.windows.1h", MetricWindow.getClassSchema())
          .computed()
          .key("device_ip", "interface_name", "destination_ip", "metric_name")
          .eventTime("stat_hour")
          .storedIn(
              "network",
              "metrics_hourly",
              "device_ip",
              "interface_name",
              "destination_ip",
              "metric_name",
              "stat_hour")
          .build();

  public static final RecordType AVAILABILITY_READINGS =
      RecordType.of("network.availability-readings", AvailabilityReading.getClassSchema())
          .key("device_ip")
          .eventTime("recorded_at")
          .storedIn("network", "availability_metrics")
          .folded(
              Fold.of("device", "device_ip")
                  .labels("netbox_device_id", "site_id", "device_role")
                  .measures(
                      Measure.column("ping_latency_ms", "ms"),
                      Measure.column("snmp_response_ms", "ms"),
                      Measure.column("ssh_response_ms", "ms"),
                      Measure.column("cpu_utilization_pct", "percent"),
                      Measure.column("memory_utilization_pct", "percent"),
                      Measure.column("temperature_celsius", "celsius"),
                      Measure.column("poe_power_watts", "watts"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW)));

  public static final RecordType PATH_READINGS =
      RecordType.of("network.path-readings", PathReading.getClassSchema())
          .key("source_ip")
          .eventTime("recorded_at")
          .storedIn("network", "path_metrics")
          .folded(
              Fold.of("path", "source_ip", "destination_ip")
                  .labels("source_device_id", "source_site_id")
                  .measures(
                      Measure.column("latency_ms", "ms"),
                      Measure.column("jitter_ms", "ms"),
                      Measure.column("packet_loss_pct", "percent"),
                      Measure.column("hop_count", "hops"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, PATH_WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, PATH_WINDOW)));

  /** Every network record type. */
  public static final List<RecordType> ALL =
      List.of(AVAILABILITY_READINGS, PATH_READINGS, WINDOWS_5S, WINDOWS_1H);

  private NetworkRecords() {}
}
