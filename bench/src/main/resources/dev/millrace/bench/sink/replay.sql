BEGIN;
CREATE TEMPORARY TABLE stage ON COMMIT DROP AS
SELECT trace_id, station_key, station_group, layer, direction, tap, metric_key, bucket_ts, bucket_ms,
  count, min, max, sum, avg, last, revision
FROM audio.metrics_agg_5s WITH NO DATA;
\copy stage (trace_id, station_key, station_group, layer, direction, tap, metric_key, bucket_ts, bucket_ms, count, min, max, sum, avg, last, revision) from '@file@' (format binary)
INSERT INTO audio.metrics_agg_5s AS stored (trace_id, station_key, station_group, layer, direction, tap,
  metric_key, bucket_ts, bucket_ms, count, min, max, sum, avg, last, revision)
SELECT DISTINCT ON (trace_id, station_key, tap, metric_key, bucket_ts)
  trace_id, station_key, station_group, layer, direction, tap, metric_key, bucket_ts, bucket_ms,
  count, min, max, sum, avg, last, revision
FROM stage
ORDER BY trace_id, station_key, tap, metric_key, bucket_ts, revision DESC, ctid DESC
ON CONFLICT (trace_id, station_key, tap, metric_key, bucket_ts) DO UPDATE
SET station_group = excluded.station_group, layer = excluded.layer, direction = excluded.direction,
  bucket_ms = excluded.bucket_ms, count = excluded.count, min = excluded.min, max = excluded.max,
  sum = excluded.sum, avg = excluded.avg, last = excluded.last, revision = excluded.revision
WHERE stored.revision <= excluded.revision
  AND ROW(stored.station_group, stored.layer, stored.direction, stored.bucket_ms, stored.count, stored.min, stored.max,
    stored.sum, stored.avg, stored.last, stored.revision)::record
  *<> ROW(excluded.station_group, excluded.layer, excluded.direction, excluded.bucket_ms, excluded.count, excluded.min,
    excluded.max, excluded.sum, excluded.avg, excluded.last, excluded.revision)::record;
COMMIT;
