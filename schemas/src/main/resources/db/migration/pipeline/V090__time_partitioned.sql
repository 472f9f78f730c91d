-- Hands the tables of the earlier migrations over, with the intervals and retention of the seeds.

-- Audio: 72 hours exactly. Six hours a partition: a call is looked up by its trace, without a time, and that opens a
-- dozen partitions where hours would make it four times as many for every index; and the job that deletes exactly
-- to the hour has no more than six hours of rows to look through.
SELECT millrace.make_time_partitioned(
  'audio.metrics_agg_5s', 'bucket_ts', INTERVAL '6 hours', INTERVAL '72 hours', exact => true);
SELECT millrace.make_time_partitioned(
  'audio.audio_segments_5s', 'bucket_ts', INTERVAL '6 hours', INTERVAL '72 hours', exact => true);
SELECT millrace.make_time_partitioned(
  'audio.knob_snapshots_5s', 'bucket_ts', INTERVAL '6 hours', INTERVAL '72 hours', exact => true);
SELECT millrace.make_time_partitioned(
  'audio.knob_events', 'occurred_at', INTERVAL '6 hours', INTERVAL '72 hours', exact => true);

SELECT millrace.make_time_partitioned(
  'network.availability_metrics', 'recorded_at', INTERVAL '1 day', INTERVAL '90 days');
SELECT millrace.make_time_partitioned(
  'network.path_metrics', 'recorded_at', INTERVAL '1 day', INTERVAL '30 days');
SELECT millrace.make_time_partitioned(
  'network.metrics_hourly', 'stat_hour', INTERVAL '1 month', INTERVAL '1 year');

-- The seed spreads the metrics by asset as well; every key must hold what rows are spread by. It names no retention for
-- them: they are kept as long as the events they sum up.
ALTER TABLE hub.metrics DROP CONSTRAINT metrics_pkey, ADD PRIMARY KEY (id, timestamp, asset_id);
SELECT millrace.make_time_partitioned(
  'hub.metrics', 'timestamp', INTERVAL '1 day', INTERVAL '365 days',
  compress_after => INTERVAL '30 days',
  segment_by => ARRAY['tenant_id', 'asset_id', 'metric_name'], order_by => 'timestamp DESC',
  space_column => 'asset_id', space_partitions => 8);

SELECT millrace.make_time_partitioned(
  'camera.system_metrics', 'metric_timestamp', INTERVAL '1 hour', INTERVAL '7 days');
SELECT millrace.make_time_partitioned(
  'camera.system_metrics_rollup_1m', 'rollup_timestamp', INTERVAL '1 day', INTERVAL '90 days');

SELECT millrace.make_time_partitioned(
  'insight.anomaly_events', 'detected_at', INTERVAL '1 month', INTERVAL '2 years');
