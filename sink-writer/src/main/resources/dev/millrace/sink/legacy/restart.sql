-- Begins a table anew. Parameter: source.
UPDATE millrace.legacy_progress
SET last_key = NULL, rows_read = 0, rows_stored = 0, rows_present = 0, rows_expired = 0, rows_refused = 0
WHERE source = ?
