SELECT
    COUNT(*) AS partition_count,
    MAX(tablename) AS latest_partition
FROM pg_tables
WHERE tablename LIKE 'camera_events_%';
