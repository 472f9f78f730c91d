-- Keeps a row that could not be moved. Parameters: source, reason, key.
INSERT INTO millrace.legacy_rejects (source, reason, source_key, old_row)
SELECT ?, ?, source_key, to_jsonb(b) - 'source_key' FROM pg_temp.legacy_batch b WHERE source_key = ?
ON CONFLICT (source, source_key) DO UPDATE
SET reason = excluded.reason, old_row = excluded.old_row, refused_at = excluded.refused_at
