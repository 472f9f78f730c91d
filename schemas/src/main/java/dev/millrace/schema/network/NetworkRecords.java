package dev.millrace.schema.network;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_HOUR;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.WindowOutput;
import java.util.List;
import java.util.Map;

/** Network intelligence: what pollers read from devices, interfaces and paths, and its days. */
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

  public static final RecordType WINDOWS_1D =
      RecordType.of("network.windows.1d", MetricDay.getClassSchema())
          .computed()
          .key("device_ip", "interface_name", "destination_ip", "metric_name")
          .eventTime("window_begin")
          .storedIn(
              "network",
              "metrics_daily",
              "device_ip",
              "interface_name",
              "destination_ip",
              "metric_name",
              "stat_date")
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

  public static final RecordType OPTICAL_READINGS =
      RecordType.of("network.optical-readings", OpticalReading.getClassSchema())
          .key("device_ip")
          .eventTime("recorded_at")
          .storedIn("network", "optical_metrics")
          .folded(
              Fold.of("interface", "device_ip", "interface_name")
                  .labels("netbox_device_id", "site_id")
                  .measures(
                      Measure.column("rx_power", "dBm"),
                      Measure.column("tx_power", "dBm"),
                      Measure.column("temperature", "celsius"),
                      Measure.column("voltage", "volts"),
                      Measure.column("bias_current", "mA"),
                      Measure.column("signal_quality_pct", "percent"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW)));

  /** Rates are folded where the poller sends them; a cumulative counter is no level to fold. */
  public static final RecordType INTERFACE_READINGS =
      RecordType.of("network.interface-readings", InterfaceReading.getClassSchema())
          .key("device_ip")
          .eventTime("recorded_at")
          .storedIn("network", "interface_metrics")
          .folded(
              Fold.of("interface", "device_ip", "interface_name")
                  .labels("netbox_device_id", "site_id")
                  .measures(
                      Measure.column("rx_bps", "bps"),
                      Measure.column("tx_bps", "bps"),
                      Measure.column("rx_utilization_pct", "percent"),
                      Measure.column("tx_utilization_pct", "percent"),
                      Measure.column("error_rate_ppm", "ppm"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW)));

  /**
   * An event is published again when its duration or its cause is known. Not every event is of a
   * device: its type keeps the key from being empty.
   */
  public static final RecordType EVENTS =
      RecordType.of("network.events", NetworkEvent.getClassSchema())
          .key("device_ip", "event_type")
          .eventTime("event_time")
          .storedIn("network", "network_events", "id", "event_time")
          .build();

  public static final RecordType CONFIG_SNAPSHOTS =
      RecordType.of("network.config-snapshots", ConfigSnapshot.getClassSchema())
          .key("device_ip")
          .eventTime("captured_at")
          .storedIn("network", "config_snapshots")
          .build();

  public static final RecordType INTERFACE_SNAPSHOTS =
      RecordType.of("network.interface-snapshots", InterfaceSnapshot.getClassSchema())
          .key("device_ip")
          .eventTime("captured_at")
          .storedIn("network", "interface_snapshots")
          .build();

  public static final RecordType POLL_RUNS =
      RecordType.of("network.poll-runs", PollRun.getClassSchema())
          .key("job_type", "device_ip")
          .eventTime("started_at")
          .storedIn("network", "poll_history")
          .build();

  public static final RecordType DEVICES =
      RecordType.of("network.devices", Device.getClassSchema())
          .settings(TopicSettings.compacted(4))
          .key("netbox_device_id")
          .eventTime("cached_at")
          .storedIn("network", "netbox_device_cache", "netbox_device_id")
          .build();

  public static final RecordType SITE_DAYS =
      RecordType.of("network.site-days", SiteDay.getClassSchema())
          .computed()
          .key("site_id")
          .eventTime("window_begin")
          .storedIn("network", "site_daily_summary", "site_id", "stat_date")
          .build();

  /** Every network record type. */
  public static final List<RecordType> ALL =
      List.of(
          AVAILABILITY_READINGS,
          PATH_READINGS,
          OPTICAL_READINGS,
          INTERFACE_READINGS,
          EVENTS,
          CONFIG_SNAPSHOTS,
          INTERFACE_SNAPSHOTS,
          POLL_RUNS,
          DEVICES,
          WINDOWS_5S,
          WINDOWS_1H,
          WINDOWS_1D,
          SITE_DAYS);

  private NetworkRecords() {}
}
