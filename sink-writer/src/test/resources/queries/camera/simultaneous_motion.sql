WITH camera_events_windowed AS (
    SELECT
        camera_id,
        event_timestamp,
        event_type,
        LAG(event_timestamp) OVER (ORDER BY event_timestamp) as prev_event_time
    FROM camera_events
    WHERE event_type = 'motion'
    AND event_timestamp > NOW() - INTERVAL '10 minutes'
)
SELECT
    camera_id,
    event_timestamp,
    event_timestamp - prev_event_time as time_diff
FROM camera_events_windowed
WHERE event_timestamp - prev_event_time < INTERVAL '5 seconds'
ORDER BY event_timestamp;
