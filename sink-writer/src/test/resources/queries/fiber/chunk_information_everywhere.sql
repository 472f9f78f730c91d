-- Mended: what the seed asks of TimescaleDB, of either flavour.
SELECT
    partition,
    lower_bound,
    upper_bound,
    pg_size_pretty(total_bytes) AS size,
    is_compressed
FROM millrace.partition_sizes
WHERE relation = 'metrics'::regclass
ORDER BY lower_bound DESC NULLS LAST
LIMIT 10;
