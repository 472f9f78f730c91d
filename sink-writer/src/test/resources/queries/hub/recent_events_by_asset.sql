-- Optimized with idx_events_asset_time
SELECT * FROM events
WHERE asset_id = 'gpt-4'
  AND timestamp >= NOW() - INTERVAL '24 hours'
ORDER BY timestamp DESC
LIMIT 1000;
