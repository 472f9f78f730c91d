-- How many events of each severity one asset had, by the hour, over a day.
SELECT date_trunc('hour', timestamp) AS hour, severity, count(*) AS events
FROM events
WHERE asset_id = ?
  AND timestamp >= NOW() - INTERVAL '24 hours'
GROUP BY hour, severity
ORDER BY hour DESC, severity
