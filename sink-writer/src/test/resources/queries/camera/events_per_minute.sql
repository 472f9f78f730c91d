SELECT
    DATE_TRUNC('minute', event_timestamp) as minute,
    COUNT(*) as event_count,
    AVG(motion_score) as avg_motion,
    SUM(object_count) as total_objects
FROM camera_events
WHERE camera_id = 'CAM001'
AND event_timestamp > NOW() - INTERVAL '1 hour'
GROUP BY DATE_TRUNC('minute', event_timestamp)
ORDER BY minute DESC;
