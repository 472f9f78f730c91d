SELECT
    'cache_hit_ratio' AS metric,
    ROUND(
        100.0 * sum(heap_blks_hit) / NULLIF(sum(heap_blks_hit) + sum(heap_blks_read), 0),
        2
    ) AS percentage
FROM pg_statio_user_tables;
