SELECT
    time_bucket('1 hour', time) AS bucket,
    node_id,
    AVG(latency_ms) AS avg_latency_ms,
    MAX(latency_ms) AS max_latency_ms,
    MIN(latency_ms) AS min_latency_ms,
    PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95_latency_ms,
    AVG(uptime_pct) AS avg_uptime_pct,
    AVG(packet_loss) AS avg_packet_loss,
    COUNT(*) AS measurement_count
FROM metrics
GROUP BY bucket, node_id;
