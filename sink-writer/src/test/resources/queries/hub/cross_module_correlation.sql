SELECT
    e1.id as primary_event,
    e1.event_type as primary_type,
    e2.id as related_event,
    e2.event_type as related_type,
    c.correlation_type,
    c.strength
FROM correlations c
JOIN events e1 ON c.primary_event_id = e1.id
JOIN events e2 ON c.related_event_id = e2.id
WHERE c.timestamp >= NOW() - INTERVAL '1 hour'
  AND c.strength > 0.8
ORDER BY c.strength DESC;
