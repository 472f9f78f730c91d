SELECT
    camera_id,
    DATE_TRUNC('hour', event_timestamp) as hour,
    COUNT(*) as event_count,
    AVG(motion_score) as avg_motion,
    AVG(object_count) as avg_objects,
    MAX(object_count) as max_objects
FROM camera_events
GROUP BY camera_id, DATE_TRUNC('hour', event_timestamp);
