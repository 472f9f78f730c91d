-- The seed gives metrics a compression and no retention: they are kept. A limit is one call of this function away.
SELECT millrace.make_time_partitioned(
  'hub.metrics', 'timestamp', INTERVAL '1 day', NULL,
  compress_after => INTERVAL '30 days',
  segment_by => ARRAY['tenant_id', 'asset_id', 'metric_name'], order_by => 'timestamp DESC',
  space_column => 'asset_id', space_partitions => 8);
