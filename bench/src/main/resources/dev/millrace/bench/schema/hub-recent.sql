-- The newest events of one asset within a day.
SELECT * FROM events
WHERE asset_id = ?
  AND timestamp >= NOW() - INTERVAL '24 hours'
ORDER BY timestamp DESC
LIMIT 1000
