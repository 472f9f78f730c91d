SELECT xmin::text
FROM audio.metrics_agg_5s
WHERE trace_id = ? AND station_key = ? AND tap = ?::audio.tap_type AND metric_key = ? AND bucket_ts = ?
