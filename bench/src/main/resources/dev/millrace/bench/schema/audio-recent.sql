-- The newest windows of one metric at one station within a day.
SELECT * FROM metrics_agg_5s
WHERE station_key = ?
  AND metric_key = ?
  AND bucket_ts >= NOW() - INTERVAL '24 hours'
ORDER BY bucket_ts DESC
LIMIT 1000
