package dev.millrace.schema.network;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_DAY;
import static dev.millrace.schema.Tier.ONE_HOUR;

import dev.millrace.schema.Derivation;
import dev.millrace.schema.Enrichment;
import dev.millrace.schema.Fold;
import dev.millrace.schema.Grouping;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Rollup;
import dev.millrace.schema.Rollup.Figure;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.WindowOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Network intelligence: what pollers read from devices, interfaces and paths, and its days. */
public final class NetworkRecords {
  private static final String AVAILABILITY = "availability_pct";

  /** With twice the light that is needed there is no cause for care: 3 dB are a factor of two. */
  private static final double FULL_RESERVE_DB = 3;

  private static final double BYTES_OF_MBIT = 1e6 / Byte.SIZE;

  /** The shortest frame takes 84 bytes of the line, preamble and gap included. */
  private static final double PACKETS_OF_MBIT = BYTES_OF_MBIT / 84;

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

  private static final WindowOutput.Layout DAY =
      new WindowOutput.Layout(
              "window_begin",
              "window_ms",
              1_000,
              "metric_name",
              "revision",
              Map.ofEntries(
                  Map.entry(Statistic.COUNT, "sample_count"),
                  Map.entry(Statistic.MIN, "val_min"),
                  Map.entry(Statistic.MAX, "val_max"),
                  Map.entry(Statistic.AVG, "val_avg"),
                  Map.entry(Statistic.LAST, "val_last"),
                  Map.entry(Statistic.STDDEV, "val_stddev"),
                  Map.entry(Statistic.P50, "val_p50"),
                  Map.entry(Statistic.P95, "val_p95"),
                  Map.entry(Statistic.P99, "val_p99"),
                  Map.entry(Statistic.UPTIME_PCT, "uptime_pct"),
                  Map.entry(Statistic.DOWNTIME_SECONDS, "downtime_seconds"),
                  Map.entry(Statistic.ANOMALIES, "anomaly_count")),
              Map.of())
          .dated("stat_date");

  /** What a path calls otherwise. */
  private static final Map<String, String> OF_PATHS =
      Map.of(
          "source_ip", "device_ip",
          "source_device_id", "netbox_device_id",
          "source_site_id", "site_id");

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

  public static final RecordType DEVICES =
      RecordType.of("network.devices", Device.getClassSchema())
          .settings(TopicSettings.compacted(4))
          .key("netbox_device_id")
          .eventTime("cached_at")
          .storedIn("network", "netbox_device_cache", "netbox_device_id")
          .build();

  /** What NetBox knows of a device wins over what a poller says of it. */
  private static final Enrichment.Known DEVICE =
      new Enrichment.Known(
          DEVICES,
          "device_ip",
          "device_ip",
          Map.of("netbox_device_id", "netbox_device_id", "site_id", "site_id"));

  private static final String SITE = "network.site";
  private static final String ONE_DEVICE = "network.device";

  /** What fails together at a site most often fails by one of its devices. */
  private static final Grouping OF_SITE =
      Grouping.by(SITE, "site_id").orBy(ONE_DEVICE, "device_ip");

  /** A device takes its interfaces down, an interface its light, and each of them a path. */
  private static final int DEVICE_WIDTH = 3;

  private static final int INTERFACE_WIDTH = 2;
  private static final int OPTICAL_WIDTH = 1;
  private static final int PATH_WIDTH = 0;

  /** Counters are read every few seconds to every few minutes; a rate over more says little. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(15);

  public static final RecordType AVAILABILITY_METRICS =
      metrics("availability", AvailabilityReading.getClassSchema(), "device_ip");

  public static final RecordType PATH_METRICS =
      metrics("path", PathReading.getClassSchema(), "source_ip");

  public static final RecordType OPTICAL_METRICS =
      metrics("optical", OpticalReading.getClassSchema(), "device_ip");

  public static final RecordType INTERFACE_METRICS =
      metrics("interface", InterfaceReading.getClassSchema(), "device_ip");

  public static final RecordType AVAILABILITY_READINGS =
      RecordType.of("network.availability-readings", AvailabilityReading.getClassSchema())
          .key("device_ip")
          .eventTime("recorded_at")
          .enriched(ofAvailability())
          .folded(
              Fold.of("device", "device_ip")
                  .labels("netbox_device_id", "site_id", "device_role")
                  .grouped(OF_SITE.wide(DEVICE_WIDTH))
                  .measures(
                      Measure.state("ping_status", "up", AVAILABILITY),
                      Measure.column("ping_latency_ms", "ms"),
                      Measure.column("snmp_response_ms", "ms"),
                      Measure.column("ssh_response_ms", "ms"),
                      Measure.column("cpu_utilization_pct", "percent"),
                      Measure.column("memory_utilization_pct", "percent"),
                      Measure.column("temperature_celsius", "celsius"),
                      Measure.column("poe_power_watts", "watts"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW),
                      new WindowOutput(ONE_DAY, WINDOWS_1D, DAY)));

  public static final RecordType PATH_READINGS =
      RecordType.of("network.path-readings", PathReading.getClassSchema())
          .key("source_ip")
          .eventTime("recorded_at")
          .enriched(ofPath())
          .folded(
              Fold.of("path", "source_ip", "destination_ip")
                  .labels("source_device_id", "source_site_id")
                  .grouped(
                      Grouping.by(SITE, "source_site_id")
                          .orBy(ONE_DEVICE, "source_ip")
                          .wide(PATH_WIDTH))
                  .measures(
                      Measure.column("latency_ms", "ms"),
                      Measure.column("jitter_ms", "ms"),
                      Measure.column("packet_loss_pct", "percent"),
                      Measure.column("hop_count", "hops"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW.renaming(OF_PATHS)),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW.renaming(OF_PATHS)),
                      new WindowOutput(ONE_DAY, WINDOWS_1D, DAY.renaming(OF_PATHS))));

  public static final RecordType OPTICAL_READINGS =
      RecordType.of("network.optical-readings", OpticalReading.getClassSchema())
          .key("device_ip")
          .eventTime("recorded_at")
          .enriched(ofOptical())
          .folded(
              Fold.of("interface", "device_ip", "interface_name")
                  .labels("netbox_device_id", "site_id")
                  .grouped(OF_SITE.wide(OPTICAL_WIDTH))
                  .measures(
                      Measure.column("rx_power", "dBm"),
                      Measure.column("tx_power", "dBm"),
                      Measure.column("temperature", "celsius"),
                      Measure.column("voltage", "volts"),
                      Measure.column("bias_current", "mA"),
                      Measure.column("signal_quality_pct", "percent"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW),
                      new WindowOutput(ONE_DAY, WINDOWS_1D, DAY)));

  /** A cumulative counter is no level to fold; its rate is, whoever has computed it. */
  public static final RecordType INTERFACE_READINGS =
      RecordType.of("network.interface-readings", InterfaceReading.getClassSchema())
          .key("device_ip")
          .eventTime("recorded_at")
          .enriched(ofInterface())
          .folded(
              Fold.of("interface", "device_ip", "interface_name")
                  .labels("netbox_device_id", "site_id")
                  .grouped(OF_SITE.wide(INTERFACE_WIDTH))
                  .measures(
                      Measure.column("rx_bps", "bps"),
                      Measure.column("tx_bps", "bps"),
                      Measure.column("rx_utilization_pct", "percent"),
                      Measure.column("tx_utilization_pct", "percent"),
                      Measure.column("error_rate_ppm", "ppm"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW),
                      new WindowOutput(ONE_DAY, WINDOWS_1D, DAY)));

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

  public static final RecordType SITE_DAYS =
      RecordType.of("network.site-days", SiteDay.getClassSchema())
          .rolledUp(daysOfSites())
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
          AVAILABILITY_METRICS,
          PATH_METRICS,
          OPTICAL_METRICS,
          INTERFACE_METRICS,
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

  private static RecordType metrics(String kind, Schema schema, String key) {
    return RecordType.of("network.%s-metrics".formatted(kind), schema)
        .computed()
        .key(key)
        .eventTime("recorded_at")
        .storedIn("network", kind + "_metrics")
        .build();
  }

  private static Rollup daysOfSites() {
    var availability =
        new Rollup.Input(
            WINDOWS_1D,
            Map.of("metric_name", AVAILABILITY),
            List.of(
                new Figure.Count("total_devices"),
                new Figure.CountIf("devices_up", "val_last", "100.0"),
                new Figure.CountIf("devices_down", "val_last", "0.0"),
                new Figure.Mean("avg_availability_pct", "uptime_pct")));
    return new Rollup(
        "site_id",
        "window_begin",
        "stat_date",
        List.of(
            availability,
            meanOf("ping_latency_ms", "avg_latency_ms"),
            meanOf("rx_power", "avg_optical_rx_power"),
            new Rollup.Input(
                WINDOWS_1D, Map.of(), List.of(new Figure.Sum("anomaly_count", "anomaly_count"))),
            new Rollup.Input(
                EVENTS,
                Map.of(),
                List.of(
                    new Figure.Count("event_count"),
                    new Figure.CountIf("critical_event_count", "severity", "critical")))),
        Optional.of(
            new Enrichment.Known(DEVICES, "site_id", "site_id", Map.of("site_name", "site_name"))));
  }

  private static Rollup.Input meanOf(String metric, String target) {
    return new Rollup.Input(
        WINDOWS_1D, Map.of("metric_name", metric), List.of(new Figure.Mean(target, "val_avg")));
  }

  private static Enrichment ofAvailability() {
    var known =
        new Enrichment.Known(
            DEVICES,
            "device_ip",
            "device_ip",
            Map.of(
                "netbox_device_id", "netbox_device_id",
                "site_id", "site_id",
                "device_role", "role_name"));
    return new Enrichment(
        AVAILABILITY_METRICS,
        List.of("device_ip"),
        List.of(known),
        LONGEST_GAP,
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static Enrichment ofPath() {
    return new Enrichment(
        PATH_METRICS,
        List.of("source_ip", "destination_ip"),
        List.of(end("source"), end("destination")),
        LONGEST_GAP,
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static Enrichment.Known end(String end) {
    return new Enrichment.Known(
        DEVICES,
        end + "_ip",
        "device_ip",
        Map.of(end + "_device_id", "netbox_device_id", end + "_site_id", "site_id"));
  }

  private static Enrichment ofOptical() {
    var quality =
        new Derivation.Reserve(
            List.of(
                new Derivation.Span("rx_power", "rx_power_low_warn", "rx_power_high_warn"),
                new Derivation.Span("tx_power", "tx_power_low_warn", "tx_power_high_warn")),
            FULL_RESERVE_DB,
            "signal_quality_pct");
    return new Enrichment(
        OPTICAL_METRICS,
        List.of("device_ip", "interface_name"),
        List.of(DEVICE),
        LONGEST_GAP,
        List.of(),
        Optional.empty(),
        List.of(quality));
  }

  private static Enrichment ofInterface() {
    var counters =
        List.of(
            new Enrichment.Counter("rx_bytes", BYTES_OF_MBIT),
            new Enrichment.Counter("tx_bytes", BYTES_OF_MBIT),
            new Enrichment.Counter("rx_packets", PACKETS_OF_MBIT),
            new Enrichment.Counter("tx_packets", PACKETS_OF_MBIT),
            new Enrichment.Counter("rx_errors", PACKETS_OF_MBIT),
            new Enrichment.Counter("tx_errors", PACKETS_OF_MBIT));
    return new Enrichment(
        INTERFACE_METRICS,
        List.of("device_ip", "interface_name"),
        List.of(DEVICE),
        LONGEST_GAP,
        counters,
        Optional.of("speed_mbps"),
        List.of(
            new Derivation.PerSecond("rx_bytes", Byte.SIZE, "rx_bps"),
            new Derivation.PerSecond("tx_bytes", Byte.SIZE, "tx_bps"),
            new Derivation.PerSecond("rx_packets", 1, "rx_pps"),
            new Derivation.PerSecond("tx_packets", 1, "tx_pps"),
            new Derivation.OfCapacity("rx_bps", "speed_mbps", 1e6, "rx_utilization_pct"),
            new Derivation.OfCapacity("tx_bps", "speed_mbps", 1e6, "tx_utilization_pct"),
            new Derivation.PerMillion(
                List.of("rx_errors", "tx_errors"),
                List.of("rx_packets", "tx_packets"),
                "error_rate_ppm")));
  }
}
