-- Everything measured in one window of one call.
SELECT * FROM metrics_agg_5s
WHERE trace_id = ?
  AND bucket_ts = ?
