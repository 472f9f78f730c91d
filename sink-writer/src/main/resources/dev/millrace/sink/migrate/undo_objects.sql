-- Of the objects that were found, those of Millrace, with all that is a part of them: indexes, partitions, chunks,
-- constraints, rules, triggers, types. Of Millrace is what a migration made, whatever lies in the schema millrace, and
-- what is archived of its tables: archive.<schema>__<table>, and partitions under that name.
CREATE TEMPORARY TABLE undo_objects ON COMMIT DROP AS
SELECT o.classid, o.objid, o.type, o.identity
FROM undo_found o
WHERE o.schema = 'millrace'
  OR EXISTS (SELECT FROM millrace.made m WHERE m.type = o.type AND m.identity = o.identity)
  OR o.schema = 'archive' AND o.type = 'table' AND EXISTS (
    SELECT FROM millrace.made m
    WHERE m.type = 'table'
      AND split_part(o.identity, '.', 2) ~ ('^' || replace(m.identity, '.', '__') || '(_p[0-9]{8,10})?$'));

-- A schema that is left empty goes; what else lies in it is not a part of it.
CREATE TEMPORARY TABLE undo_parts ON COMMIT DROP AS
WITH RECURSIVE extension_schemas AS (
  SELECT d.objid AS oid FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.deptype = 'e'
), parts AS (
  SELECT classid, objid FROM undo_objects WHERE type <> 'schema'
  UNION
  SELECT more.classid, more.objid
  FROM parts p
  CROSS JOIN LATERAL (
    SELECT d.classid, d.objid FROM pg_depend d
    WHERE d.refclassid = p.classid AND d.refobjid = p.objid AND d.deptype IN ('a', 'i', 'P', 'S')
    UNION ALL
    SELECT 'pg_class'::regclass, h.inhrelid
    FROM pg_inherits h
    JOIN pg_class c ON c.oid = h.inhrelid
    JOIN extension_schemas s ON s.oid = c.relnamespace
    WHERE p.classid = 'pg_class'::regclass AND h.inhparent = p.objid
  ) more
)
SELECT classid, objid FROM parts
