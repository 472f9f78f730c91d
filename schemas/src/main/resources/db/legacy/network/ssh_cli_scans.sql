-- ssh_cli_scans into network.interface_snapshots: the seed's columns, in its order. An address that is empty is none. A row
-- that is there already, equal in all of them, is left; so is the second of two equal old ones.
-- Parameters: the first and the last key of legacy_batch, and the oldest time to keep.
WITH old AS MATERIALIZED (
  SELECT
    ip_address::inet                               AS device_ip,
    interface_name                                 AS interface_name,
    interface_index::integer                       AS interface_index,
    is_optical::boolean                            AS is_optical,
    medium                                         AS medium,
    connector                                      AS connector,
    speed                                          AS speed,
    lldp_remote_system_name                        AS lldp_remote_system,
    lldp_remote_port                               AS lldp_remote_port,
    nullif(btrim(lldp_remote_mgmt_addr), '')::inet AS lldp_remote_mgmt_ip,
    lldp_remote_chassis_id                         AS lldp_remote_chassis_id,
    millrace.legacy_time(scan_timestamp)           AS captured_at
  FROM pg_temp.legacy_batch
  WHERE source_key BETWEEN ? AND ?
), kept AS (
  -- One without a time is kept, to be refused.
  SELECT * FROM old WHERE captured_at >= ? OR captured_at IS NULL
), stored AS (
  INSERT INTO network.interface_snapshots
    (device_ip, interface_name, interface_index, is_optical, medium, connector, speed,
     lldp_remote_system, lldp_remote_port, lldp_remote_mgmt_ip, lldp_remote_chassis_id, captured_at)
  SELECT DISTINCT device_ip, interface_name, interface_index, is_optical, medium, connector, speed,
    lldp_remote_system, lldp_remote_port, lldp_remote_mgmt_ip, lldp_remote_chassis_id, captured_at
  FROM kept k
  WHERE NOT EXISTS (
    SELECT FROM network.interface_snapshots s
    WHERE s.device_ip = k.device_ip AND s.captured_at = k.captured_at AND s.interface_name = k.interface_name
      AND (s.interface_index, s.is_optical, s.medium, s.connector, s.speed, s.lldp_remote_system, s.lldp_remote_port,
           s.lldp_remote_mgmt_ip, s.lldp_remote_chassis_id)
        IS NOT DISTINCT FROM
          (k.interface_index, k.is_optical, k.medium, k.connector, k.speed, k.lldp_remote_system, k.lldp_remote_port,
           k.lldp_remote_mgmt_ip, k.lldp_remote_chassis_id))
  RETURNING 1
)
SELECT
  (SELECT count(*) FROM old) AS rows_read,
  (SELECT count(*) FROM stored) AS rows_stored,
  (SELECT count(*) FROM kept) - (SELECT count(*) FROM stored) AS rows_present,
  (SELECT count(*) FROM old) - (SELECT count(*) FROM kept) AS rows_expired
