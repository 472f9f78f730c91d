-- The seed's continuous aggregate in place of the view, with the view's columns and values: it is kept, not computed.
-- Older rows than the seed's two hours are looked at as well: an hour that arrives late, or is corrected, would be missing.
SET LOCAL ROLE ${owner};

DROP VIEW IF EXISTS hub.metrics_hourly;

CREATE MATERIALIZED VIEW hub.metrics_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  ${timescaledb}.time_bucket('1 hour', timestamp) AS bucket,
  asset_id,
  metric_type,
  metric_name,
  tenant_id,
  sum(value_count)::bigint AS count,
  sum(value_avg * value_count) / nullif(sum(value_count) FILTER (WHERE value_avg IS NOT NULL), 0) AS avg_value,
  min(value_min) AS min_value,
  max(value_max) AS max_value,
  percentile_cont(0.95) WITHIN GROUP (ORDER BY value_p95) AS p95_value,
  percentile_cont(0.99) WITHIN GROUP (ORDER BY value_p99) AS p99_value
FROM hub.metrics
WHERE time_bucket = INTERVAL '1 hour'
GROUP BY 1, asset_id, metric_type, metric_name, tenant_id
WITH NO DATA;

SELECT ${timescaledb}.add_continuous_aggregate_policy('hub.metrics_hourly',
  start_offset => INTERVAL '3 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour');

RESET ROLE;
