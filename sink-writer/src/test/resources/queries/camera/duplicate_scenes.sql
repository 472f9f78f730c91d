SELECT
    camera_id,
    scene_hash,
    COUNT(*) as duplicate_count,
    MIN(event_timestamp) as first_seen,
    MAX(event_timestamp) as last_seen
FROM camera_events
WHERE camera_id = 'CAM001'
AND event_timestamp > NOW() - INTERVAL '1 hour'
AND scene_hash IS NOT NULL
GROUP BY camera_id, scene_hash
HAVING COUNT(*) > 5
ORDER BY duplicate_count DESC;
