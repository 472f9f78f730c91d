SELECT
    camera_id,
    COUNT(*) as alert_count,
    MAX(severity) as max_severity,
    MIN(created_at) as oldest_alert
FROM alerts
WHERE status = 'new'
GROUP BY camera_id
ORDER BY max_severity DESC, alert_count DESC;
