-- One metric of one asset by the hour, over a week.
SELECT bucket, avg_value, p95_value, p99_value
FROM metrics_hourly
WHERE asset_id = ?
  AND metric_name = ?
  AND bucket >= NOW() - INTERVAL '7 days'
ORDER BY bucket DESC
