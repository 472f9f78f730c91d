-- Mended: sizes are in a function of their own since TimescaleDB 2; other schemas have a table metrics, too.
SELECT
    chunk_name,
    range_start,
    range_end,
    pg_size_pretty(total_bytes) AS size,
    is_compressed
FROM timescaledb_information.chunks
JOIN chunks_detailed_size('metrics') USING (chunk_schema, chunk_name)
WHERE hypertable_schema = 'fiber' AND hypertable_name = 'metrics'
ORDER BY range_start DESC
LIMIT 10;
