-- Mended: both tables have a device_ip, and PostgreSQL refuses the name alone as ambiguous.
SELECT
    'network' as scope,
    NOW() as snapshot_time,
    jsonb_build_object(
        'total_devices', COUNT(DISTINCT a.device_ip),
        'avg_availability', AVG(CASE WHEN ping_status = 'up' THEN 100 ELSE 0 END),
        'avg_latency_ms', AVG(ping_latency_ms),
        'devices_with_issues', COUNT(DISTINCT a.device_ip) FILTER (WHERE ping_status != 'up'),
        'active_anomalies', (SELECT COUNT(*) FROM anomaly_events WHERE resolved_at IS NULL),
        'health_score', AVG(overall_score)
    ) as network_state
FROM availability_metrics a
JOIN health_scores h ON h.device_ip = a.device_ip
WHERE a.recorded_at > NOW() - INTERVAL '5 minutes'
  AND h.calculated_at > NOW() - INTERVAL '1 hour';
