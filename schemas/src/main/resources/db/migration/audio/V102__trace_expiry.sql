-- Calls wholly outside the 72 hours, by the seed's own condition: a call without an end stays. So does one that still has a row
-- within the 72 hours, since a record may come late.
INSERT INTO millrace.row_expiry (relation, time_columns, retention, key_column, kept_by) VALUES (
  'audio.traces', '{started_at, ended_at}', INTERVAL '72 hours', 'trace_id',
  '{audio.metrics_agg_5s, audio.audio_segments_5s, audio.knob_snapshots_5s, audio.knob_events}');

-- What is past the 72 hours is looked for every few minutes, by time alone. Rows come in about the order of their times, so a
-- few pages say where to look, and a row costs no entry of its own.
CREATE INDEX metrics_agg_5s_bucket_brin ON audio.metrics_agg_5s USING brin (bucket_ts);
CREATE INDEX audio_segments_5s_bucket_brin ON audio.audio_segments_5s USING brin (bucket_ts);
CREATE INDEX knob_snapshots_5s_bucket_brin ON audio.knob_snapshots_5s USING brin (bucket_ts);
CREATE INDEX knob_events_time_brin ON audio.knob_events USING brin (occurred_at);
