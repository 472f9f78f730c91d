SELECT * FROM metrics
WHERE time > NOW() - INTERVAL '1 hour'
  AND latency_ms > 100;
