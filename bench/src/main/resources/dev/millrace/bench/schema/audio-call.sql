-- Every metric of one call, from its begin to its end.
SELECT station_key, tap, metric_key,
       sum(sum) / sum(count) AS mean, min(min) AS lowest, max(max) AS highest
FROM metrics_agg_5s
WHERE trace_id = ?
  AND bucket_ts >= ?
  AND bucket_ts < ?
GROUP BY station_key, tap, metric_key
ORDER BY station_key, tap, metric_key
