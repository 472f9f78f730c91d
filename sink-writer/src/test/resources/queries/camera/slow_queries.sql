SELECT
    query,
    calls,
    total_exec_time / calls AS avg_time_ms,
    min_exec_time,
    max_exec_time,
    stddev_exec_time
FROM pg_stat_statements
ORDER BY avg_time_ms DESC
LIMIT 20;
