-- One metric at one station before and after it, by the quarter of an hour, over a day.
SELECT date_bin('15 minutes', bucket_ts, '2000-01-01') AS quarter, tap,
       sum(sum) / sum(count) AS mean, min(min) AS lowest, max(max) AS highest
FROM metrics_agg_5s
WHERE station_key = ?
  AND metric_key = ?
  AND bucket_ts >= NOW() - INTERVAL '24 hours'
GROUP BY quarter, tap
ORDER BY quarter DESC, tap
