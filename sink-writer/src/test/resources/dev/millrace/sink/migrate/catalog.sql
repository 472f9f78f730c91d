-- All that a database is made of but its rows and partitions, a line each, without any number that the server chose.
WITH schemas AS (
  SELECT n.oid, n.nspname, n.nspacl, n.nspowner FROM pg_namespace n
  WHERE n.nspname !~ '^pg_|^_?timescaledb' AND n.nspname <> 'information_schema'
), relations AS (
  SELECT c.* FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
  WHERE NOT c.relispartition AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
), functions AS (
  SELECT p.* FROM pg_proc p JOIN schemas s ON s.oid = p.pronamespace
  WHERE NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
)
SELECT concat_ws(' | ', 'schema', nspname, nspacl, nspowner::regrole, obj_description(oid, 'pg_namespace')) FROM schemas
UNION ALL
SELECT concat_ws(' | ', 'relation', oid::regclass, relkind, relpersistence, relowner::regrole, reloptions, relacl,
  relrowsecurity, pg_get_partkeydef(oid), CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END,
  obj_description(oid, 'pg_class'))
FROM relations
UNION ALL
SELECT concat_ws(' | ', 'column', a.attrelid::regclass,
  row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), a.attname, format_type(a.atttypid, a.atttypmod),
  a.attnotnull, a.attidentity, a.attgenerated, a.attcollation, a.attacl, a.attoptions,
  pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
FROM pg_attribute a
JOIN relations r ON r.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT concat_ws(' | ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated,
  obj_description(k.oid, 'pg_constraint'))
FROM pg_constraint k JOIN relations r ON r.oid = k.conrelid
UNION ALL
SELECT concat_ws(' | ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered,
  obj_description(i.indexrelid, 'pg_class'))
FROM pg_index i JOIN relations r ON r.oid = i.indrelid
UNION ALL
SELECT concat_ws(' | ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
FROM pg_trigger t JOIN relations r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT concat_ws(' | ', 'function', pg_get_functiondef(oid), proowner::regrole, proacl, obj_description(oid, 'pg_proc'))
FROM functions WHERE prokind IN ('f', 'p')
UNION ALL
SELECT concat_ws(' | ', 'type', t.oid::regtype, t.typowner::regrole, t.typacl,
  (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
  obj_description(t.oid, 'pg_type'))
FROM pg_type t JOIN schemas s ON s.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r')
UNION ALL
SELECT concat_ws(' | ', 'sequence', q.seqrelid::regclass, q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmax,
  q.seqmin, q.seqcache, q.seqcycle,
  (SELECT string_agg(format('%s.%s', d.refobjid::regclass, d.refobjsubid), ',') FROM pg_depend d
   WHERE d.classid = 'pg_class'::regclass AND d.objid = q.seqrelid AND d.deptype IN ('a', 'i')))
FROM pg_sequence q JOIN relations r ON r.oid = q.seqrelid
UNION ALL
SELECT concat_ws(' | ', 'default grants', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl)
FROM pg_default_acl
UNION ALL
SELECT concat_ws(' | ', 'policy', to_jsonb(p)) FROM millrace.partition_policy p
UNION ALL
SELECT concat_ws(' | ', 'made', m.type, m.identity) FROM millrace.made m
ORDER BY 1
