-- Who has stored anything in the last minute.
SELECT format('%s from %s at %s', sink, topic, to_char(max(updated_at), 'HH24:MI:SS TZ')) AS writer
FROM millrace.sink_progress
WHERE updated_at > now() - INTERVAL '1 minute'
GROUP BY sink, topic
ORDER BY 1
