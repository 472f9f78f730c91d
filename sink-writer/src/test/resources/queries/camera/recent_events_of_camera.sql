-- The seed has the index and says what for: get recent events for camera.
SELECT event_id, event_type, event_timestamp
FROM camera_events
WHERE camera_id = 'CAM001'
AND event_timestamp > NOW() - INTERVAL '24 hours'
ORDER BY event_timestamp DESC;
