-- One metric of one asset by the hour, over a week.
SELECT timestamp AS bucket, value_avg AS avg_value, value_p95 AS p95_value, value_p99 AS p99_value
FROM metrics
WHERE asset_id = ?
  AND metric_name = ?
  AND time_bucket = INTERVAL '1 hour'
  AND timestamp >= NOW() - INTERVAL '7 days'
ORDER BY bucket DESC
