-- The last key that was read, for this transaction alone. Parameter: source.
SELECT last_key FROM millrace.legacy_progress WHERE source = ? FOR UPDATE
