SELECT
    metric_name,
    component,
    source_id,
    DATE_TRUNC('minute', metric_timestamp) as rollup_timestamp,
    MIN(value) as value_min,
    MAX(value) as value_max,
    AVG(value) as value_avg,
    SUM(value) as value_sum,
    COUNT(*) as value_count,
    PERCENTILE_CONT(0.50) WITHIN GROUP (ORDER BY value) as value_p50,
    PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY value) as value_p95,
    PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY value) as value_p99
FROM system_metrics
WHERE metric_timestamp >= NOW() - INTERVAL '2 minutes'
AND metric_timestamp < DATE_TRUNC('minute', NOW())
GROUP BY metric_name, component, source_id, DATE_TRUNC('minute', metric_timestamp)
