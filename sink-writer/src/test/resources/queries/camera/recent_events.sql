SELECT
    event_id,
    event_type,
    event_timestamp,
    motion_score,
    object_count,
    objects_detected
FROM camera_events
WHERE camera_id = 'CAM001'
AND event_timestamp > NOW() - INTERVAL '1 hour'
ORDER BY event_timestamp DESC
LIMIT 100;
