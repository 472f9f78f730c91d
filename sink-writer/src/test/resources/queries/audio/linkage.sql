-- The seed says in words what joins with what; this is that join.
SELECT
    m.station_key,
    m.tap,
    m.metric_key,
    m.avg,
    s.file_path,
    k.knobs_json
FROM metrics_agg_5s m
LEFT JOIN audio_segments_5s s USING (trace_id, station_key, tap, bucket_ts)
LEFT JOIN knob_snapshots_5s k USING (trace_id, station_key, bucket_ts)
WHERE m.trace_id = :trace_id
  AND m.bucket_ts = :bucket_ts
ORDER BY m.station_key, m.tap, m.metric_key;
