-- Adds a batch to the books. Parameters: last key; read, stored, present, expired, refused; source.
UPDATE millrace.legacy_progress
SET last_key = ?,
  rows_read = rows_read + ?,
  rows_stored = rows_stored + ?,
  rows_present = rows_present + ?,
  rows_expired = rows_expired + ?,
  rows_refused = rows_refused + ?,
  updated_at = now()
WHERE source = ?
