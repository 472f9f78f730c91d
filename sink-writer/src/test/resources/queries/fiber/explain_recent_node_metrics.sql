EXPLAIN (ANALYZE, BUFFERS)
SELECT * FROM metrics
WHERE node_id = 'uuid' AND time > NOW() - INTERVAL '24 hours';
