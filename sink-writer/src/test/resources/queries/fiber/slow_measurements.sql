SELECT * FROM metrics
WHERE latency_ms > 100;
