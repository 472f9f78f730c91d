-- The seed has the index and says what for: search for specific object classes. Objects are an array.
SELECT event_id, camera_id
FROM camera_events
WHERE objects_detected @> '[{"class": "car"}]'
ORDER BY event_id;
