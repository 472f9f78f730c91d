-- Stores the n-th row in every table of the domains there is, every column filled that is not numbered or computed by
-- the database and refers to nothing; says into which tables.
CREATE OR REPLACE FUNCTION pg_temp.value_of(type regtype, name text, n int) RETURNS text
LANGUAGE sql AS $$
  SELECT CASE
    WHEN name = 'secret_ref' THEN 'vault://v/' || n
    WHEN t.typtype = 'e' THEN (SELECT enumlabel FROM pg_enum WHERE enumtypid = type ORDER BY enumsortorder LIMIT 1)
    WHEN type = 'timestamptz'::regtype THEN (date_trunc('hour', now()) - n * interval '1 hour')::text
    WHEN type = 'date'::regtype THEN (current_date - n)::text
    WHEN type = 'uuid'::regtype THEN md5(n::text)::uuid::text
    WHEN type = 'inet'::regtype THEN '10.0.0.' || n
    WHEN type = 'macaddr'::regtype THEN '08:00:2b:01:02:' || lpad(to_hex(n), 2, '0')
    WHEN type IN ('json'::regtype, 'jsonb'::regtype) THEN format('{"n": %s}', n)
    WHEN type = 'point'::regtype THEN format('(%s,%s)', n, n)
    WHEN t.typcategory = 'A' THEN format('{%s}', n)
    WHEN t.typcategory = 'B' THEN 'true'
    WHEN type = 'numeric'::regtype THEN (n / 100.0)::text
    WHEN t.typcategory IN ('N', 'S') THEN n::text
    WHEN type = 'interval'::regtype THEN n || ' seconds'
  END
  FROM pg_type t WHERE t.oid = type
$$;

CREATE OR REPLACE FUNCTION pg_temp.allowed(relation regclass, name text) RETURNS text
LANGUAGE sql AS $$
  SELECT (regexp_match(pg_get_constraintdef(c.oid), '''([^'']+)'''))[1]
  FROM pg_constraint c
  WHERE c.conrelid = relation AND c.contype = 'c' AND name <> 'secret_ref'
    AND pg_get_constraintdef(c.oid) ~ format('\m%s\M.* ANY ', name)
  LIMIT 1
$$;

-- A row whose value breaks a check is stored with the default of the columns that are checked.
CREATE OR REPLACE FUNCTION pg_temp.fill_table(relation regclass, n int, leave_out name[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  columns text;
  vals text;
  broken text;
  checked name[];
BEGIN
  SELECT string_agg(format('%I', a.attname), ', '),
    string_agg(quote_nullable(coalesce(
      pg_temp.allowed(relation, a.attname),
      pg_temp.value_of(a.atttypid, a.attname, CASE WHEN u.part_of_key THEN n ELSE 1 END))), ', ')
  INTO columns, vals
  FROM pg_attribute a
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = relation AND i.indisunique AND a.attnum = ANY (i.indkey))
      AS part_of_key) u
  WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = '' AND a.attidentity = '' AND a.attname <> ALL (leave_out)
    AND coalesce(pg_get_expr(d.adbin, d.adrelid), '') !~ '^nextval'
    AND NOT EXISTS (
      SELECT FROM pg_constraint k
      WHERE k.conrelid = relation AND k.contype = 'f' AND a.attnum = ANY (k.conkey) AND NOT a.attnotnull);
  EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', relation, columns, vals);
EXCEPTION WHEN check_violation THEN
  GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
  checked := ARRAY(
    SELECT a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = relation AND a.attnum = ANY (k.conkey)
    WHERE k.conrelid = relation AND k.conname = broken);
  IF checked <@ leave_out THEN
    RAISE;
  END IF;
  PERFORM pg_temp.fill_table(relation, n, leave_out || checked);
END $$;

CREATE OR REPLACE FUNCTION pg_temp.fill(n int) RETURNS SETOF regclass
LANGUAGE plpgsql AS $$
DECLARE
  relation regclass;
BEGIN
  FOR relation IN
    SELECT c.oid FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND s.nspname !~ '^pg_|^_?timescaledb|^information_schema$|^public$'
      AND (s.nspname <> 'millrace' OR c.relname = 'sink_progress')
    ORDER BY c.oid
  LOOP
    PERFORM pg_temp.fill_table(relation, n);
    RETURN NEXT relation;
  END LOOP;
END $$;
