SELECT
    time_bucket('1 hour', timestamp) AS bucket,
    asset_id,
    metric_type,
    metric_name,
    tenant_id,
    COUNT(*) AS count,
    AVG(value_avg) AS avg_value,
    MIN(value_min) AS min_value,
    MAX(value_max) AS max_value,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY value_p95) AS p95_value,
    percentile_cont(0.99) WITHIN GROUP (ORDER BY value_p99) AS p99_value
FROM metrics
WHERE time_bucket = '5m'  -- Aggregate from 5-minute buckets
GROUP BY bucket, asset_id, metric_type, metric_name, tenant_id;
