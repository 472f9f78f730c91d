-- The seed has the index and says what for: unprocessed events for Claude.
SELECT event_id, event_timestamp
FROM camera_events
WHERE sent_to_claude = FALSE
ORDER BY event_timestamp;
