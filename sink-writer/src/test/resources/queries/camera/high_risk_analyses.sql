SELECT
    a.analysis_id,
    a.camera_id,
    a.event_timestamp,
    a.primary_insight,
    a.risk_assessment,
    e.objects_detected
FROM claude_analyses a
JOIN camera_events e ON a.trigger_event_id = e.event_id
WHERE a.risk_assessment IN ('high', 'critical')
AND a.event_timestamp > NOW() - INTERVAL '7 days'
ORDER BY a.event_timestamp DESC;
