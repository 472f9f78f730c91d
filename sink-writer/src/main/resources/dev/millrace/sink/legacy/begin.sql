-- Opens the books of an older table. Parameter: source.
INSERT INTO millrace.legacy_progress (source) VALUES (?) ON CONFLICT (source) DO NOTHING
