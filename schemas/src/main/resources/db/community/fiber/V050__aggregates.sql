-- The seed's continuous aggregates in place of the views, with the views' columns, read from the measurements themselves.
-- Older rows than the seed's three hours are looked at as well: a measurement that arrives late would be missing.
SET LOCAL ROLE ${owner};

DROP VIEW IF EXISTS fiber.aggregates_hourly;

CREATE MATERIALIZED VIEW fiber.aggregates_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  ${timescaledb}.time_bucket('1 hour', time) AS bucket,
  node_id,
  avg(latency_ms) AS avg_latency_ms,
  max(latency_ms) AS max_latency_ms,
  min(latency_ms) AS min_latency_ms,
  percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95_latency_ms,
  avg(uptime_pct) AS avg_uptime_pct,
  avg(packet_loss) AS avg_packet_loss,
  count(*) AS measurement_count
FROM fiber.metrics
GROUP BY 1, node_id
WITH NO DATA;

SELECT ${timescaledb}.add_continuous_aggregate_policy('fiber.aggregates_hourly',
  start_offset => INTERVAL '3 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour');

DROP VIEW IF EXISTS fiber.aggregates_daily;

CREATE MATERIALIZED VIEW fiber.aggregates_daily
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  ${timescaledb}.time_bucket('1 day', time) AS bucket,
  node_id,
  avg(latency_ms) AS avg_latency_ms,
  max(latency_ms) AS max_latency_ms,
  min(latency_ms) AS min_latency_ms,
  percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95_latency_ms,
  avg(uptime_pct) AS avg_uptime_pct,
  avg(packet_loss) AS avg_packet_loss,
  count(*) AS measurement_count
FROM fiber.metrics
GROUP BY 1, node_id
WITH NO DATA;

SELECT ${timescaledb}.add_continuous_aggregate_policy('fiber.aggregates_daily',
  start_offset => INTERVAL '7 days', end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '1 day');

RESET ROLE;
