-- The seed has the index and says what for: find high-motion events.
SELECT camera_id, event_timestamp, objects_detected
FROM camera_events
WHERE motion_score > 0.7
ORDER BY event_timestamp DESC;
