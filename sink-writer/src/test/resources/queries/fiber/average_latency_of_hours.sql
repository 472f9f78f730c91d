SELECT AVG(avg_latency_ms)
FROM aggregates_hourly
WHERE bucket > NOW() - INTERVAL '30 days';
