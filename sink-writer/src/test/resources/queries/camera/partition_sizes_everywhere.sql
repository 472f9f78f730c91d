-- Mended: TimescaleDB names its chunks otherwise, and elsewhere; this asks for them on either flavour.
SELECT
    partition,
    pg_size_pretty(total_bytes) AS size
FROM millrace.partition_sizes
WHERE relation = 'camera_events'::regclass
ORDER BY lower_bound DESC NULLS LAST
LIMIT 10;
