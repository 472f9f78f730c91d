-- The seed has the index and says what for: recent alerts by camera.
SELECT alert_id, title, created_at
FROM alerts
WHERE camera_id = 'CAM001'
AND status != 'resolved'
ORDER BY created_at DESC;
