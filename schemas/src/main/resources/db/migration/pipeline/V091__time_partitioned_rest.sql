-- Hands the tables of the other seeds' migrations over. Tables a seed keeps for ever, or keeps small, stay plain:
-- snapshots, poll history, devices, alerts, aggregates of fibre nodes.

SELECT millrace.make_time_partitioned(
  'network.optical_metrics', 'recorded_at', INTERVAL '1 day', INTERVAL '90 days');
SELECT millrace.make_time_partitioned(
  'network.interface_metrics', 'recorded_at', INTERVAL '1 day', INTERVAL '30 days');
SELECT millrace.make_time_partitioned(
  'network.network_events', 'event_time', INTERVAL '1 month', INTERVAL '1 year');
SELECT millrace.make_time_partitioned(
  'network.metrics_daily', 'stat_date', INTERVAL '1 year', INTERVAL '5 years');
SELECT millrace.make_time_partitioned(
  'insight.health_scores', 'calculated_at', INTERVAL '1 day', INTERVAL '90 days');

SELECT millrace.make_time_partitioned(
  'hub.events', 'timestamp', INTERVAL '1 day', INTERVAL '365 days',
  compress_after => INTERVAL '7 days',
  segment_by => ARRAY['tenant_id', 'asset_id'], order_by => 'timestamp DESC',
  space_column => 'tenant_id', space_partitions => 4);
SELECT millrace.make_time_partitioned(
  'hub.correlations', 'timestamp', INTERVAL '1 day', INTERVAL '90 days');

SELECT millrace.make_time_partitioned(
  'camera.camera_events', 'event_timestamp', INTERVAL '1 day', INTERVAL '30 days', archive => true);
SELECT millrace.make_time_partitioned(
  'camera.frame_metadata', 'frame_timestamp', INTERVAL '1 day', INTERVAL '7 days');
SELECT millrace.make_time_partitioned(
  'camera.claude_analyses', 'event_timestamp', INTERVAL '1 month', INTERVAL '90 days');
SELECT millrace.make_time_partitioned(
  'camera.audit_log', 'event_timestamp', INTERVAL '1 month', INTERVAL '1 year');

SELECT millrace.make_time_partitioned(
  'fiber.metrics', 'time', INTERVAL '7 days', INTERVAL '90 days',
  compress_after => INTERVAL '3 days', segment_by => ARRAY['node_id'], order_by => 'time DESC');
