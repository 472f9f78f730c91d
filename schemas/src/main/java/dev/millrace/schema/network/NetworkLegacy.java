package dev.millrace.schema.network;

import dev.millrace.schema.LegacyTable;
import java.util.List;

/** The tables that the network's pollers wrote before there was a pipeline. */
public final class NetworkLegacy {
  private static final String SCHEMA = "network";

  static final LegacyTable OPTICAL_POWER_HISTORY =
      new LegacyTable(
          "optical_power_history",
          List.of(
              "ip_address",
              "interface_name",
              "interface_index",
              "tx_power",
              "rx_power",
              "temperature",
              "measurement_timestamp"),
          "measurement_timestamp",
          SCHEMA,
          "optical_metrics",
          "/db/legacy/network/optical_power_history.sql");

  static final LegacyTable SSH_CLI_SCANS =
      new LegacyTable(
          "ssh_cli_scans",
          List.of(
              "ip_address",
              "interface_name",
              "interface_index",
              "is_optical",
              "medium",
              "connector",
              "speed",
              "lldp_remote_system_name",
              "lldp_remote_port",
              "lldp_remote_mgmt_addr",
              "lldp_remote_chassis_id",
              "scan_timestamp"),
          "scan_timestamp",
          SCHEMA,
          "interface_snapshots",
          "/db/legacy/network/ssh_cli_scans.sql");

  /** All of them. */
  public static final List<LegacyTable> ALL = List.of(OPTICAL_POWER_HISTORY, SSH_CLI_SCANS);

  private NetworkLegacy() {}
}
