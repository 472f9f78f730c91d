-- Mended: the partitions are in schema camera, not in public.
SELECT
    tablename,
    pg_size_pretty(pg_total_relation_size(schemaname||'.'||tablename)) AS size
FROM pg_tables
WHERE tablename LIKE 'camera_events_%'
ORDER BY tablename DESC
LIMIT 10;
