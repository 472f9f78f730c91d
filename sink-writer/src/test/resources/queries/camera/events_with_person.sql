SELECT
    camera_id,
    event_timestamp,
    objects_detected
FROM camera_events
WHERE objects_detected @> '[{"class": "person"}]'::jsonb
AND event_timestamp > NOW() - INTERVAL '24 hours'
ORDER BY event_timestamp DESC;
