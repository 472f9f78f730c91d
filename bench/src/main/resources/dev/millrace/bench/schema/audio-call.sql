-- Every metric of one call, from its begin to its end.
SELECT m.station_key, m.tap, m.metric_key,
       sum(m.sum) / sum(m.count) AS mean, min(m.min) AS lowest, max(m.max) AS highest
FROM traces t
JOIN metrics_agg_5s m
  ON m.trace_id = t.trace_id
  AND m.bucket_ts >= t.started_at
  AND m.bucket_ts < t.ended_at
WHERE t.trace_id = ?
GROUP BY m.station_key, m.tap, m.metric_key
ORDER BY m.station_key, m.tap, m.metric_key
