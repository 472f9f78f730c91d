-- Every schema, relation, routine and type that is neither the server's nor an extension's nor a part of another:
-- partitions, indexes and the sequences of serial columns go with their tables.
WITH schemas AS (
  SELECT n.oid FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
), objects AS (
  SELECT 'pg_namespace'::regclass AS classid, oid AS objid, oid AS schema FROM schemas
  UNION ALL
  SELECT 'pg_class'::regclass, oid, relnamespace FROM pg_class
  WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND NOT relispartition
  UNION ALL
  SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
  UNION ALL
  SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type WHERE typtype IN ('e', 'd', 'r')
)
SELECT o.classid, o.objid, n.nspname AS schema, i.type, i.identity
FROM objects o
JOIN schemas s ON s.oid = o.schema
JOIN pg_namespace n ON n.oid = o.schema
CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i
WHERE NOT EXISTS (
  SELECT FROM pg_depend d
  WHERE d.classid = o.classid AND d.objid = o.objid
    AND (d.deptype = 'e'
      OR d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> d.objid))
