-- The seed's continuous aggregate, read from the hours that are folded: a question about some hours reads no others.
-- Rows of an hour that differ in their dimensions alone are one here, as there.
CREATE VIEW hub.metrics_hourly AS
SELECT
  timestamp AS bucket,
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
GROUP BY timestamp, asset_id, metric_type, metric_name, tenant_id;

COMMENT ON VIEW hub.metrics_hourly IS
  'Hours of hub.metrics, without the dimensions. count is that of the samples.';
