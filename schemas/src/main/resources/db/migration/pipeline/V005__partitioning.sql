-- One SQL for both flavours. A table is created plain and handed to millrace.make_time_partitioned, which makes it
-- a hypertable where the extension timescaledb is installed, and a natively partitioned table where it is not.
-- What is to be kept for how long stands in millrace.partition_policy, the same on both; maintenance reads it there.
--
-- Every function runs with the rights of its caller, in UTC and with a search path of its own, so that names are
-- resolved, and printed into statements, the same whoever calls.

CREATE TABLE millrace.partition_policy (
  relation          REGCLASS PRIMARY KEY,
  time_column       NAME     NOT NULL,
  chunk_interval    INTERVAL NOT NULL,
  -- How long rows are kept; null for ever. A partition goes when all of it is older.
  retention         INTERVAL,
  -- Rows older than the retention go at once, and do not wait for the rest of their partition.
  exact             BOOLEAN  NOT NULL DEFAULT false,
  -- Old partitions are detached and kept, not dropped.
  archive           BOOLEAN  NOT NULL DEFAULT false,
  make_ahead        INTERVAL NOT NULL,
  make_behind       INTERVAL NOT NULL,
  -- For editions that compress; null: never.
  compress_after    INTERVAL,
  segment_by        TEXT[]   NOT NULL DEFAULT '{}',
  order_by          TEXT,
  -- A second dimension by hash, for hypertables.
  space_column      NAME,
  space_partitions  INTEGER,
  CHECK (retention > INTERVAL '0'),
  CHECK (compress_after > INTERVAL '0'),
  CHECK ((space_column IS NULL) = (space_partitions IS NULL))
);

COMMENT ON TABLE millrace.partition_policy IS
  'How each time-partitioned table is cut, and how long its rows are kept. Written by make_time_partitioned.';

-- The schema of TimescaleDB's functions, quoted; null where the extension is not installed in this database.
CREATE FUNCTION millrace.timescale_schema() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT quote_ident(n.nspname)
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname = 'timescaledb'
$$;

CREATE FUNCTION millrace.is_hypertable(relation regclass) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found boolean := false;
BEGIN
  IF millrace.timescale_schema() IS NOT NULL THEN
    EXECUTE
      'SELECT EXISTS (
         SELECT FROM timescaledb_information.hypertables h
         JOIN pg_namespace n ON n.nspname = h.hypertable_schema
         JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = h.hypertable_name
         WHERE c.oid = $1)'
    INTO found USING relation;
  END IF;
  RETURN found;
END $$;

-- Where the partition begins that `at` lies in: at whole months counted from January 2000, or at whole hours, days
-- or weeks counted from a Monday.
CREATE FUNCTION millrace.partition_start(at timestamptz, chunk_interval interval) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  months integer := extract(year FROM chunk_interval) * 12 + extract(month FROM chunk_interval);
  passed integer := (extract(year FROM at) - 2000) * 12 + extract(month FROM at) - 1;
BEGIN
  IF months = 0 THEN
    RETURN date_bin(chunk_interval, at, '2000-01-03');
  END IF;
  RETURN timestamptz '2000-01-01' + floor(passed::numeric / months) * months * interval '1 month';
END $$;

-- The partitions or chunks of a table and the times they hold, lower bound included, upper bound not. The default
-- partition of a natively partitioned table has no bounds.
CREATE FUNCTION millrace.partitions(relation regclass)
RETURNS TABLE (partition regclass, lower_bound timestamptz, upper_bound timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF millrace.is_hypertable(relation) THEN
    RETURN QUERY EXECUTE
      'SELECT format(''%I.%I'', c.chunk_schema, c.chunk_name)::regclass, c.range_start, c.range_end
       FROM timescaledb_information.chunks c
       JOIN pg_namespace n ON n.nspname = c.hypertable_schema
       JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = c.hypertable_name
       WHERE t.oid = $1
       ORDER BY 2'
    USING relation;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT p.oid::regclass, b.bounds[1]::timestamptz, b.bounds[2]::timestamptz
    FROM pg_inherits i
    JOIN pg_class p ON p.oid = i.inhrelid
    LEFT JOIN LATERAL regexp_match(
      pg_get_expr(p.relpartbound, p.oid), 'FROM \(''(.+)''\) TO \(''(.+)''\)') b (bounds) ON true
    WHERE i.inhparent = relation AND p.relispartition
    ORDER BY 2;
END $$;

-- The columns that can be written, for statements that move rows.
CREATE FUNCTION millrace.column_list(relation regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
  FROM pg_attribute
  WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
$$;

CREATE FUNCTION millrace.default_partition(relation regclass) RETURNS regclass
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT nullif(partdefid, 0)::regclass FROM pg_partitioned_table WHERE partrelid = relation
$$;

CREATE FUNCTION millrace.match_owner(made regclass, model regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  owner oid := (SELECT relowner FROM pg_class WHERE oid = model);
BEGIN
  IF owner <> (SELECT relowner FROM pg_class WHERE oid = made) THEN
    EXECUTE format('ALTER TABLE %s OWNER TO %I', made, pg_get_userbyid(owner));
  END IF;
END $$;

-- Takes the rows of a time out of the default partition. The caller holds the locks. A table that refuses DELETE by
-- a trigger still lets its rows move.
CREATE FUNCTION millrace.move_from_default(
  from_table regclass, to_table regclass, time_column name, lower_bound timestamptz, upper_bound timestamptz)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  condition text := format('%I >= %L AND %I < %L', time_column, lower_bound, time_column, upper_bound);
  columns text := millrace.column_list(from_table);
  needed boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %s)', from_table, condition) INTO needed;
  IF NOT needed THEN
    RETURN;
  END IF;
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s',
    to_table, columns, columns, from_table, condition);
  EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', from_table);
  EXECUTE format('DELETE FROM %s WHERE %s', from_table, condition);
  EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', from_table);
END $$;

-- Makes one native partition. Attached, not created in place: readers and writers of the other partitions go on.
CREATE FUNCTION millrace.add_partition(
  relation regclass, time_column name, lower_bound timestamptz, upper_bound timestamptz)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  whole_days boolean := date_trunc('day', lower_bound) = lower_bound AND upper_bound - lower_bound >= interval '1 day';
  suffix text := to_char(lower_bound, CASE WHEN whole_days THEN '"_p"YYYYMMDD' ELSE '"_p"YYYYMMDDHH24' END);
  partition text := (
    SELECT format('%I.%I', n.nspname, c.relname || suffix)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation);
  rest regclass := millrace.default_partition(relation);
BEGIN
  EXECUTE format(
    'CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING IDENTITY EXCLUDING INDEXES EXCLUDING STATISTICS)',
    partition, relation);
  PERFORM millrace.match_owner(partition::regclass, relation);
  IF rest IS NOT NULL THEN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', rest);
    PERFORM millrace.move_from_default(rest, partition::regclass, time_column, lower_bound, upper_bound);
  END IF;
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)',
    relation, partition, lower_bound, upper_bound);
END $$;

-- Makes the partitions that are missing between two times, and moves rows there that waited in the default partition.
-- Says how many it made. A hypertable makes its own when rows come.
CREATE FUNCTION millrace.ensure_partitions(relation regclass, from_time timestamptz, to_time timestamptz)
RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy;
  covered tstzmultirange;
  gap tstzrange;
  lower_bound timestamptz;
  upper_bound timestamptz;
  made integer := 0;
BEGIN
  SELECT * INTO policy FROM millrace.partition_policy p WHERE p.relation = ensure_partitions.relation;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% has no partition policy', relation
      USING ERRCODE = 'undefined_object', HINT = 'Call millrace.make_time_partitioned on it first.';
  END IF;
  IF NOT isfinite(from_time) OR NOT isfinite(to_time) THEN
    RAISE EXCEPTION 'partitions of % from % to % have no end', relation, from_time, to_time
      USING ERRCODE = 'invalid_parameter_value', HINT = 'Name two times.';
  END IF;
  IF millrace.is_hypertable(relation) THEN
    RETURN 0;
  END IF;
  -- One at a time; does not wait for writers.
  EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE', relation);
  covered := coalesce(
    (SELECT range_agg(tstzrange(p.lower_bound, p.upper_bound))
     FROM millrace.partitions(relation) p WHERE p.lower_bound IS NOT NULL),
    '{}');
  lower_bound := millrace.partition_start(from_time, policy.chunk_interval);
  WHILE lower_bound < to_time LOOP
    upper_bound := lower_bound + policy.chunk_interval;
    -- Less than a whole one where the interval was changed and older partitions reach into it.
    FOR gap IN SELECT unnest(tstzmultirange(tstzrange(lower_bound, upper_bound)) - covered) LOOP
      PERFORM millrace.add_partition(relation, policy.time_column, lower(gap), upper(gap));
      made := made + 1;
    END LOOP;
    lower_bound := upper_bound;
  END LOOP;
  RETURN made;
END $$;

-- Statements that give a relation the grants this one has.
CREATE FUNCTION millrace.grants_of(relation regclass) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH acl AS (
    SELECT relacl AS acl, '' AS columns FROM pg_class WHERE oid = relation
    UNION ALL
    SELECT attacl, format(' (%I)', attname) FROM pg_attribute
    WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped)
  SELECT format('GRANT %s%s ON %s TO %s%s',
    g.privilege_type, a.columns, relation,
    CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
    CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
  FROM acl a CROSS JOIN aclexplode(a.acl) g
$$;

-- Statements that give a relation of the same name and columns what CREATE TABLE … LIKE leaves out: keys and indexes
-- under their own names, foreign keys, triggers, grants, comments.
CREATE FUNCTION millrace.attachments_of(relation regclass) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT statement FROM (
    SELECT 1, format('ALTER TABLE %s ADD CONSTRAINT %I %s', relation, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = relation AND contype IN ('p', 'u', 'x')
    UNION ALL
    SELECT 2, pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    WHERE i.indrelid = relation
      AND NOT EXISTS (
        SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT 3, format('COMMENT ON INDEX %s IS %L', i.indexrelid::regclass, d.description)
    FROM pg_index i
    JOIN pg_description d ON d.objoid = i.indexrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
    WHERE i.indrelid = relation
    UNION ALL
    SELECT 4, format('ALTER TABLE %s ADD CONSTRAINT %I %s', relation, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = relation AND contype = 'f'
    UNION ALL
    SELECT 5, format('COMMENT ON CONSTRAINT %I ON %s IS %L', c.conname, relation, d.description)
    FROM pg_constraint c
    JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass
    WHERE c.conrelid = relation AND c.contype <> 'c'
    UNION ALL
    SELECT 6, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = relation AND NOT tgisinternal
    UNION ALL
    SELECT 7, format('COMMENT ON TABLE %s IS %L', relation, obj_description(relation, 'pg_class'))
    WHERE obj_description(relation, 'pg_class') IS NOT NULL
    UNION ALL
    SELECT 8, millrace.grants_of(relation)
  ) AS all_of_them (step, statement)
  ORDER BY step, statement
$$;

-- The views that read a relation, directly or through others; a view comes after those it reads.
CREATE FUNCTION millrace.views_of(relation regclass) RETURNS SETOF regclass
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE reads AS (
    SELECT DISTINCT r.ev_class AS view, d.refobjid AS source
    FROM pg_rewrite r
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    WHERE d.refclassid = 'pg_class'::regclass AND r.ev_class <> d.refobjid AND d.deptype = 'n'
  ), found AS (
    SELECT view, 1 AS depth FROM reads WHERE source = relation
    UNION
    SELECT r.view, f.depth + 1 FROM reads r JOIN found f ON r.source = f.view
  )
  SELECT view::regclass FROM found GROUP BY view ORDER BY max(depth)
$$;

-- Statements that make a view as it is.
CREATE FUNCTION millrace.definition_of_view(view regclass) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format('CREATE VIEW %s%s AS %s', view,
    ' WITH (' || array_to_string(reloptions, ', ') || ')', pg_get_viewdef(view))
  FROM pg_class WHERE oid = view
  UNION ALL
  SELECT format('ALTER VIEW %s OWNER TO %I', view, pg_get_userbyid(relowner)) FROM pg_class WHERE oid = view
  UNION ALL
  SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = view AND NOT tgisinternal
  UNION ALL
  SELECT format('COMMENT ON VIEW %s IS %L', view, obj_description(view, 'pg_class'))
  WHERE obj_description(view, 'pg_class') IS NOT NULL
  UNION ALL
  SELECT format('COMMENT ON COLUMN %s.%I IS %L', view, a.attname, d.description)
  FROM pg_attribute a
  JOIN pg_description d ON d.objoid = a.attrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum
  WHERE a.attrelid = view AND a.attnum > 0
  UNION ALL
  SELECT millrace.grants_of(view)
$$;

-- Refuses what could not be carried over in full, before anything is touched.
CREATE FUNCTION millrace.require_partitionable(relation regclass, time_column name, chunk_interval interval)
RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  time_number smallint;
  time_type oid;
  culprit text;
  problem text;
BEGIN
  SELECT attnum, atttypid INTO time_number, time_type
  FROM pg_attribute WHERE attrelid = relation AND attname = time_column AND NOT attisdropped;
  SELECT indexrelid::regclass INTO culprit
  FROM pg_index WHERE indrelid = relation AND indisunique AND NOT time_number = ANY (indkey) LIMIT 1;

  problem := CASE
    WHEN time_number IS NULL THEN format('it has no column %I', time_column)
    WHEN time_type NOT IN ('timestamptz'::regtype, 'date'::regtype)
      THEN format('its column %I is neither timestamptz nor date', time_column)
    WHEN culprit IS NOT NULL THEN format('its unique index %s does not contain %I', culprit, time_column)
    WHEN (SELECT length(relname) FROM pg_class WHERE oid = relation) > 52
      THEN 'its name is longer than 52 characters, so that those of its partitions would be cut off'
    WHEN EXISTS (SELECT FROM pg_constraint WHERE confrelid = relation AND contype = 'f')
      THEN 'a foreign key refers to it'
    WHEN EXISTS (SELECT FROM pg_policy WHERE polrelid = relation) THEN 'it has row security policies'
    WHEN EXISTS (SELECT FROM pg_rewrite WHERE ev_class = relation) THEN 'it has rules'
    WHEN EXISTS (SELECT FROM pg_inherits WHERE relation IN (inhparent, inhrelid)) THEN 'it inherits or is inherited from'
    WHEN EXISTS (
      SELECT FROM millrace.views_of(relation) v JOIN pg_class c ON c.oid = v WHERE c.relkind = 'm')
      THEN 'a materialized view reads it; make that afterwards'
  END;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION '% cannot be partitioned by time: %', relation, problem USING ERRCODE = 'invalid_table_definition';
  END IF;

  problem := CASE
    WHEN chunk_interval < interval '1 hour' THEN 'shorter than an hour'
    WHEN chunk_interval < interval '1 day' AND mod(86400, extract(epoch FROM chunk_interval)) <> 0
      OR chunk_interval < interval '1 day' AND mod(extract(epoch FROM chunk_interval), 3600) <> 0
      THEN 'not a number of hours that divides a day'
    WHEN chunk_interval >= interval '1 day'
      AND chunk_interval <> date_trunc('day', chunk_interval) THEN 'neither whole days nor whole months'
    WHEN chunk_interval >= interval '1 month' AND extract(day FROM chunk_interval) > 0
      AND extract(epoch FROM date_trunc('month', chunk_interval)) > 0 THEN 'months and days mixed'
  END;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION 'the chunk interval % of % is %', chunk_interval, relation, problem
      USING ERRCODE = 'invalid_parameter_value', HINT = 'Use 1, 2, 3, 4, 6, 8 or 12 hours, whole days, or whole months.';
  END IF;
END $$;

-- To TimescaleDB a month is 30 days. It warns of each varchar; the types are the seeds'.
CREATE FUNCTION millrace.make_hypertable(policy millrace.partition_policy) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET client_min_messages = error AS $$
DECLARE
  ts text := millrace.timescale_schema();
BEGIN
  IF policy.space_column IS NULL THEN
    EXECUTE format('SELECT %s.create_hypertable($1, %s.by_range($2, $3), create_default_indexes => false, migrate_data => true)', ts, ts)
    USING policy.relation, policy.time_column, policy.chunk_interval;
  ELSE
    -- A table with rows takes a second dimension only in this older form.
    EXECUTE format('SELECT %s.create_hypertable($1, $2, $3, $4, chunk_time_interval => $5, create_default_indexes => false, migrate_data => true)', ts)
    USING policy.relation, policy.time_column, policy.space_column, policy.space_partitions, policy.chunk_interval;
  END IF;
  INSERT INTO millrace.partition_policy VALUES (policy.*);
END $$;

-- A sequence behind a serial column goes on as it is; one behind an identity column is made anew and goes on where
-- the old one was.
CREATE FUNCTION millrace.hand_over_sequences(from_table regclass, to_table regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  owned record;
BEGIN
  FOR owned IN
    SELECT s.oid::regclass AS sequence, a.attname AS column_name, a.attidentity <> '' AS identity
    FROM pg_depend d
    JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.refobjid = from_table AND d.deptype IN ('a', 'i')
  LOOP
    IF owned.identity THEN
      EXECUTE format('SELECT setval(pg_get_serial_sequence($1, $2), last_value, is_called) FROM %s', owned.sequence)
      USING to_table::text, owned.column_name;
    ELSE
      EXECUTE format('ALTER SEQUENCE %s OWNED BY %s.%I', owned.sequence, to_table, owned.column_name);
    END IF;
  END LOOP;
END $$;

-- Sets a plain table aside under another name, and its identity sequences with it, so that its own names are free.
CREATE FUNCTION millrace.set_aside(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT s.oid::regclass AS name FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    WHERE d.classid = 'pg_class'::regclass AND d.refobjid = relation AND d.deptype = 'i'
  LOOP
    EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', part.name, 'millrace_aside_' || part.name::oid);
  END LOOP;
  EXECUTE format('ALTER TABLE %s RENAME TO %I', relation, 'millrace_aside_' || relation::oid);
END $$;

-- Makes the partitions for the rows another table has, those within the retention; older ones, and times without end,
-- stay with the default partition. With that as the other table, rows that came late or early leave it.
CREATE FUNCTION millrace.ensure_partitions_for_rows(relation regclass, rows_of regclass) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy;
  starts timestamptz[];
  starting timestamptz;
  made integer := 0;
BEGIN
  SELECT * INTO STRICT policy FROM millrace.partition_policy p WHERE p.relation = ensure_partitions_for_rows.relation;
  EXECUTE format(
    'SELECT array_agg(DISTINCT millrace.partition_start(%1$I, $1)) FROM %2$s
     WHERE isfinite(%1$I) AND %1$I >= coalesce(now() - $2, ''-infinity'')',
    policy.time_column, rows_of)
  INTO starts USING policy.chunk_interval, policy.retention;
  FOREACH starting IN ARRAY coalesce(starts, '{}') LOOP
    made := made + millrace.ensure_partitions(relation, starting, starting + policy.chunk_interval);
  END LOOP;
  RETURN made;
END $$;

CREATE FUNCTION millrace.make_natively_partitioned(policy millrace.partition_policy) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  plain regclass := policy.relation;
  name text := plain::text;
  default_name text := (
    SELECT format('%I.%I', n.nspname, c.relname || '_pdefault')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = plain);
  columns text := millrace.column_list(plain);
  views text := (SELECT string_agg(v::text, ', ') FROM millrace.views_of(plain) v);
  later text[] := ARRAY(SELECT millrace.attachments_of(plain))
    || ARRAY(SELECT d FROM millrace.views_of(plain) WITH ORDINALITY v (view, n), millrace.definition_of_view(v.view) d
             ORDER BY v.n);
  statement text;
BEGIN
  IF views IS NOT NULL THEN
    EXECUTE 'DROP VIEW ' || views;
  END IF;
  PERFORM millrace.set_aside(plain);
  EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES) PARTITION BY RANGE (%I)',
    name, plain, policy.time_column);
  policy.relation := name::regclass;
  PERFORM millrace.match_owner(policy.relation, plain);
  INSERT INTO millrace.partition_policy VALUES (policy.*);
  EXECUTE format('CREATE TABLE %s PARTITION OF %s DEFAULT', default_name, name);
  PERFORM millrace.match_owner(default_name::regclass, plain);

  PERFORM millrace.ensure_partitions_for_rows(policy.relation, plain);
  EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s', name, columns, columns, plain);
  PERFORM millrace.hand_over_sequences(plain, policy.relation);
  EXECUTE format('DROP TABLE %s', plain);
  FOREACH statement IN ARRAY later LOOP
    EXECUTE statement;
  END LOOP;
  PERFORM millrace.ensure_partitions(policy.relation, now() - policy.make_behind, now() + policy.make_ahead);
END $$;

-- A table that is partitioned already keeps its partitions; new ones follow the new policy.
CREATE FUNCTION millrace.change_policy(policy millrace.partition_policy) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before millrace.partition_policy;
BEGIN
  SELECT * INTO before FROM millrace.partition_policy p WHERE p.relation = policy.relation;
  IF before IS NOT DISTINCT FROM policy THEN
    RETURN;
  END IF;
  IF before.time_column <> policy.time_column
    OR before.space_column IS DISTINCT FROM policy.space_column
    OR before.space_partitions IS DISTINCT FROM policy.space_partitions THEN
    RAISE EXCEPTION '% is partitioned by other columns already: %', policy.relation,
      concat_ws(', ', before.time_column, before.space_column)
      USING ERRCODE = 'invalid_table_definition', HINT = 'Make a new table and copy the rows.';
  END IF;
  IF millrace.is_hypertable(policy.relation) AND before.chunk_interval IS DISTINCT FROM policy.chunk_interval THEN
    EXECUTE format('SELECT %s.set_chunk_time_interval($1, $2)', millrace.timescale_schema())
    USING policy.relation, policy.chunk_interval;
  END IF;
  DELETE FROM millrace.partition_policy p WHERE p.relation = policy.relation;
  INSERT INTO millrace.partition_policy VALUES (policy.*);
END $$;

-- Partitions a table by time, with the rows it has, and records its policy. Called again it changes nothing; with other
-- values it changes the policy. Holds the table for itself meanwhile: not for a large table in use.
CREATE FUNCTION millrace.make_time_partitioned(
  relation regclass,
  time_column name,
  chunk_interval interval,
  retention interval,
  exact boolean DEFAULT false,
  archive boolean DEFAULT false,
  compress_after interval DEFAULT NULL,
  segment_by text[] DEFAULT '{}',
  order_by text DEFAULT NULL,
  space_column name DEFAULT NULL,
  space_partitions integer DEFAULT NULL,
  make_ahead interval DEFAULT NULL,
  make_behind interval DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  span interval := CASE WHEN chunk_interval < interval '1 day' THEN interval '1 day' ELSE interval '7 days' END;
  policy millrace.partition_policy := ROW(
    relation, time_column, chunk_interval, retention, exact, archive,
    coalesce(make_ahead, span), coalesce(make_behind, span),
    compress_after, segment_by, order_by, space_column, space_partitions);
BEGIN
  EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', relation);
  IF millrace.is_hypertable(relation)
    OR EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = relation) THEN
    PERFORM millrace.change_policy(policy);
    RETURN;
  END IF;
  PERFORM millrace.require_partitionable(relation, time_column, chunk_interval);
  EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', relation, time_column);
  IF millrace.timescale_schema() IS NULL THEN
    PERFORM millrace.make_natively_partitioned(policy);
  ELSE
    PERFORM millrace.make_hypertable(policy);
  END IF;
END $$;

COMMENT ON FUNCTION millrace.make_time_partitioned IS
  'Makes a table a hypertable where timescaledb is installed, a natively partitioned one where it is not.';
COMMENT ON FUNCTION millrace.ensure_partitions IS
  'Makes the native partitions that are missing between two times; says how many.';
COMMENT ON FUNCTION millrace.ensure_partitions_for_rows IS
  'Makes the native partitions that rows of another table, or of the default partition, need; says how many.';
COMMENT ON FUNCTION millrace.partitions IS
  'The partitions or chunks of a table with their bounds; the default partition has none.';
