-- How the tables of one schema are cut and kept, one fact a row, in the words of the facts of the seeds.
SELECT f.kind, c.relname AS relation, '' AS name, f.definition
FROM millrace.partition_policy p
JOIN pg_class c ON c.oid = p.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (VALUES
  ('partition column', p.time_column::text),
  ('partition size', p.chunk_interval::text),
  ('retention', p.retention::text),
  ('then', CASE WHEN p.archive THEN 'detached and kept' END),
  ('compressed after', p.compress_after::text),
  ('segment by', nullif(array_to_string(p.segment_by, ', '), '')),
  ('order by', p.order_by),
  ('spread by', p.space_column || ' ' || p.space_partitions)) f (kind, definition)
WHERE n.nspname = ? AND f.definition IS NOT NULL
UNION ALL
SELECT 'retention', c.relname, '', e.retention::text
FROM millrace.row_expiry e
JOIN pg_class c ON c.oid = e.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
-- Where rows say themselves when they end, a table is kept for no time of its own.
WHERE n.nspname = ? AND e.retention > INTERVAL '0'
