-- Mended: TimescaleDB's chunks are no camera_events_…; this counts on either flavour.
SELECT
    COUNT(*) AS partition_count,
    MAX(lower_bound) AS latest_partition
FROM millrace.partition_sizes
WHERE relation = 'camera_events'::regclass;
