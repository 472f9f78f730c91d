SELECT
    bucket,
    avg_value,
    p95_value,
    p99_value
FROM metrics_hourly
WHERE asset_id = 'gpt-4'
  AND metric_name = 'latency'
  AND bucket >= NOW() - INTERVAL '7 days'
ORDER BY bucket DESC;
