SELECT AVG(latency_ms)
FROM metrics
WHERE time > NOW() - INTERVAL '30 days';
