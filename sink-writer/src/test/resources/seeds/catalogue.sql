-- What a database knows of one schema, one fact a row, in the words of the facts of the seeds.
WITH relations AS (
  SELECT c.oid, c.relname AS relation, c.relkind, c.relpersistence
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
)
SELECT 'enum' AS kind, t.typname AS relation, '' AS name,
  string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) AS definition
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
WHERE n.nspname = ?
GROUP BY t.typname
UNION ALL
SELECT 'table', relation, '',
  CASE
    WHEN relkind = 'v' THEN 'view'
    WHEN relkind = 'm' THEN 'materialized view'
    WHEN relpersistence = 'u' THEN 'unlogged table'
    ELSE 'table'
  END
FROM relations
UNION ALL
SELECT 'column', relation, a.attname,
  format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || CASE
      WHEN d.expression LIKE 'nextval(%' THEN ' default nextval'
      WHEN d.expression IS NOT NULL THEN ' default ' || d.expression
      ELSE ''
    END
FROM relations r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN LATERAL (
  SELECT pg_get_expr(adbin, adrelid) AS expression FROM pg_attrdef
  WHERE adrelid = a.attrelid AND adnum = a.attnum) d ON true
UNION ALL
SELECT
  CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' ELSE 'check' END,
  relation, c.conname,
  regexp_replace(pg_get_constraintdef(c.oid), '^(PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK) ', '')
FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid
WHERE c.contype IN ('p', 'u', 'f', 'c')
UNION ALL
SELECT 'index', relation, ic.relname,
  CASE WHEN i.indisunique THEN 'unique ' ELSE '' END
    || regexp_replace(pg_get_indexdef(i.indexrelid), '^.*? USING ', '')
FROM relations r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class ic ON ic.oid = i.indexrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
UNION ALL
-- A flavour's own triggers call functions of other schemas.
SELECT 'trigger', relation, t.tgname,
  concat_ws(' ',
    CASE WHEN t.tgtype & 2 <> 0 THEN 'BEFORE' ELSE 'AFTER' END,
    concat_ws(' OR ',
      CASE WHEN t.tgtype & 8 <> 0 THEN 'DELETE' END,
      CASE WHEN t.tgtype & 4 <> 0 THEN 'INSERT' END,
      CASE WHEN t.tgtype & 16 <> 0 THEN 'UPDATE' END),
    CASE WHEN t.tgtype & 1 <> 0 THEN 'FOR EACH ROW' ELSE 'FOR EACH STATEMENT' END,
    p.proname)
FROM relations r
JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = ?
UNION ALL
SELECT 'function', p.proname, '', ''
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ?
UNION ALL
SELECT 'storage', relation, a.attname,
  CASE a.attstorage WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' WHEN 'x' THEN 'EXTENDED' ELSE 'PLAIN' END
FROM relations r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid AND t.typstorage <> a.attstorage
WHERE r.relkind IN ('r', 'p')
UNION ALL
SELECT 'compression', relation, a.attname, CASE a.attcompression WHEN 'l' THEN 'lz4' ELSE 'pglz' END
FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attcompression <> ''
