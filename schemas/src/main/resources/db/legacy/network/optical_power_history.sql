-- optical_power_history into network.optical_metrics: the seed's columns, in its order. A row that is there already, equal
-- in all of them, is left; so is the second of two equal old ones.
-- Parameters: the first and the last key of legacy_batch, and the oldest time to keep.
WITH old AS MATERIALIZED (
  SELECT
    ip_address::inet                          AS device_ip,
    interface_name                            AS interface_name,
    interface_index::integer                  AS interface_index,
    tx_power::numeric(8,3)                    AS tx_power,
    rx_power::numeric(8,3)                    AS rx_power,
    temperature::numeric(6,2)                 AS temperature,
    millrace.legacy_time(measurement_timestamp) AS recorded_at
  FROM pg_temp.legacy_batch
  WHERE source_key BETWEEN ? AND ?
), kept AS (
  -- One without a time is kept, to be refused.
  SELECT * FROM old WHERE recorded_at >= ? OR recorded_at IS NULL
), stored AS (
  INSERT INTO network.optical_metrics
    (device_ip, interface_name, interface_index, tx_power, rx_power, temperature, recorded_at)
  SELECT DISTINCT device_ip, interface_name, interface_index, tx_power, rx_power, temperature, recorded_at
  FROM kept k
  WHERE NOT EXISTS (
    SELECT FROM network.optical_metrics m
    WHERE m.device_ip = k.device_ip AND m.interface_name = k.interface_name AND m.recorded_at = k.recorded_at
      AND (m.interface_index, m.tx_power, m.rx_power, m.temperature)
        IS NOT DISTINCT FROM (k.interface_index, k.tx_power, k.rx_power, k.temperature))
  RETURNING 1
)
SELECT
  (SELECT count(*) FROM old) AS rows_read,
  (SELECT count(*) FROM stored) AS rows_stored,
  (SELECT count(*) FROM kept) - (SELECT count(*) FROM stored) AS rows_present,
  (SELECT count(*) FROM old) - (SELECT count(*) FROM kept) AS rows_expired
