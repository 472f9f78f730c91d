-- The seed has the index and says what for: high-severity unresolved alerts.
SELECT alert_id, severity, created_at
FROM alerts
WHERE severity >= 4
AND status = 'new'
ORDER BY created_at DESC;
