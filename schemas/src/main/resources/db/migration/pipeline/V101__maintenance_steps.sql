-- The steps of maintenance, one function each. They run in the caller's transaction, with the caller's rights. Each says how
-- many rows it moved or deleted (those of a partition that is dropped or detached are not counted), or null if nothing was left to do.

CREATE SCHEMA IF NOT EXISTS archive;

COMMENT ON SCHEMA archive IS
  'Rows past the retention of tables that are archived: <schema>__<table> holds all of them, the detached partitions among it.';

CREATE FUNCTION millrace.count_rows(
  rows_of regclass, time_column name, lower_bound timestamptz, upper_bound timestamptz)
RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  found bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM %1$s WHERE %2$I >= $1 AND %2$I < $2', rows_of, time_column)
  INTO found USING lower_bound, upper_bound;
  RETURN found;
END $$;

CREATE FUNCTION millrace.make_partition(relation regclass, lower_bound timestamptz, upper_bound timestamptz)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF millrace.ensure_partitions(relation, lower_bound, upper_bound) = 0 THEN
    RETURN NULL;
  END IF;
  RETURN millrace.count_rows(relation, (millrace.policy_of(relation)).time_column, lower_bound, upper_bound);
END $$;

-- Whether all of a partition is past the retention; asked again by every step that loses rows.
CREATE FUNCTION millrace.is_past(relation regclass, upper_bound timestamptz, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT coalesce(upper_bound <= at - p.retention, false) FROM millrace.policy_of(relation) p
$$;

-- Drops the chunks of a time, all space partitions of it; those that are named, if another was made meanwhile.
CREATE FUNCTION millrace.drop_chunks_of(
  relation regclass, lower_bound timestamptz, upper_bound timestamptz, expected bigint)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  time_type text := (
    SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
    WHERE a.attrelid = relation AND a.attname = (millrace.policy_of(relation)).time_column);
  dropped bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM %s.drop_chunks($1, older_than => %L::%s, newer_than => %L::%s)',
    millrace.timescale_schema(), upper_bound, time_type, lower_bound, time_type)
  INTO dropped USING relation;
  IF dropped <> expected THEN
    RAISE EXCEPTION 'chunks of % from % to %: % found, % dropped', relation, lower_bound, upper_bound, expected, dropped
      USING ERRCODE = 'serialization_failure';
  END IF;
END $$;

CREATE FUNCTION millrace.drop_partition(
  relation regclass, lower_bound timestamptz, upper_bound timestamptz, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  found regclass[] := ARRAY(
    SELECT p.partition FROM millrace.partitions(relation) p
    WHERE p.lower_bound = drop_partition.lower_bound AND p.upper_bound = drop_partition.upper_bound);
BEGIN
  IF found = '{}' OR NOT millrace.is_past(relation, upper_bound, at) THEN
    RETURN NULL;
  END IF;
  IF millrace.is_hypertable(relation) THEN
    PERFORM millrace.drop_chunks_of(relation, lower_bound, upper_bound, cardinality(found));
  ELSE
    EXECUTE format('DROP TABLE %s', found[1]);
  END IF;
  RETURN 0;
END $$;

-- The table that holds what was archived of another: its columns, those it has got since, and an index by time.
CREATE FUNCTION millrace.archive_of(relation regclass) RETURNS regclass
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := (
    SELECT format('archive.%I', n.nspname || '__' || c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation);
  missing text;
BEGIN
  IF to_regclass(name) IS NULL THEN
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING GENERATED INCLUDING COMMENTS)', name, relation);
    EXECUTE format('CREATE INDEX ON %s (%I)', name, (millrace.policy_of(relation)).time_column);
    EXECUTE format('COMMENT ON TABLE %s IS %L', name, format('Rows of %s past its retention.', relation));
    PERFORM millrace.match_owner(name::regclass, relation);
  END IF;
  FOR missing IN
    SELECT format('%I %s', r.attname, format_type(r.atttypid, r.atttypmod))
    FROM pg_attribute r
    WHERE r.attrelid = relation AND r.attnum > 0 AND NOT r.attisdropped
      AND NOT EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = name::regclass AND a.attname = r.attname AND NOT a.attisdropped)
  LOOP
    EXECUTE format('ALTER TABLE %s ADD COLUMN %s', name, missing);
  END LOOP;
  RETURN name::regclass;
END $$;

CREATE FUNCTION millrace.copy_rows(
  from_table regclass, to_table regclass, time_column name, lower_bound timestamptz, upper_bound timestamptz)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  columns text := millrace.column_list(from_table);
  copied bigint;
BEGIN
  EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s WHERE %4$I >= $1 AND %4$I < $2',
    to_table, columns, from_table, time_column)
  USING lower_bound, upper_bound;
  GET DIAGNOSTICS copied = ROW_COUNT;
  RETURN copied;
END $$;

-- Moves a partition out of its table, into the archive's schema and under the archive's table. No row is copied, unless that
-- partition was archived before: then late rows had it made again. Nobody waits for the count of its rows.
CREATE FUNCTION millrace.archive_native_partition(relation regclass, part regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  into_table regclass := millrace.archive_of(relation);
  source text;
  archived text;
BEGIN
  SELECT c.relname, n.nspname || '__' || c.relname INTO source, archived
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = part;
  EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', relation, part);
  IF length(archived) > 63 OR to_regclass(format('archive.%I', archived)) IS NOT NULL THEN
    PERFORM millrace.copy_rows(
      part, into_table, (millrace.policy_of(relation)).time_column, '-infinity', 'infinity');
    EXECUTE format('DROP TABLE %s', part);
    RETURN;
  END IF;
  EXECUTE format('ALTER TABLE %s SET SCHEMA archive', part);
  EXECUTE format('ALTER TABLE archive.%I RENAME TO %I', source, archived);
  EXECUTE format('ALTER TABLE archive.%I INHERIT %s', archived, into_table);
END $$;

-- Chunks cannot be detached: their rows are copied. Writers of these chunks wait meanwhile, readers do not.
CREATE FUNCTION millrace.archive_chunks(
  relation regclass, lower_bound timestamptz, upper_bound timestamptz, chunks regclass[])
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  chunk regclass;
BEGIN
  FOREACH chunk IN ARRAY chunks LOOP
    EXECUTE format('LOCK TABLE %s IN SHARE MODE', chunk);
  END LOOP;
  PERFORM millrace.copy_rows(relation, millrace.archive_of(relation),
    (millrace.policy_of(relation)).time_column, lower_bound, upper_bound);
  PERFORM millrace.drop_chunks_of(relation, lower_bound, upper_bound, cardinality(chunks));
END $$;

CREATE FUNCTION millrace.archive_partition(
  relation regclass, lower_bound timestamptz, upper_bound timestamptz, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  found regclass[] := ARRAY(
    SELECT p.partition FROM millrace.partitions(relation) p
    WHERE p.lower_bound = archive_partition.lower_bound AND p.upper_bound = archive_partition.upper_bound);
BEGIN
  IF found = '{}' OR NOT millrace.is_past(relation, upper_bound, at) THEN
    RETURN NULL;
  END IF;
  IF millrace.is_hypertable(relation) THEN
    PERFORM millrace.archive_chunks(relation, lower_bound, upper_bound, found);
  ELSE
    PERFORM millrace.archive_native_partition(relation, found[1]);
  END IF;
  RETURN 0;
END $$;

-- Deletes the oldest rows of a time, about so many: those of one moment go together. To be called until it finds none.
CREATE FUNCTION millrace.delete_rows(
  relation regclass, target regclass, lower_bound timestamptz, upper_bound timestamptz, most integer)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  columns text := millrace.column_list(relation);
  condition text := format('%1$I >= $1 AND %1$I < $2', policy.time_column);
  gone text;
  latest timestamptz;
  deleted bigint;
BEGIN
  EXECUTE format('SELECT max(time) FROM (SELECT %1$I AS time FROM %2$s WHERE %3$s ORDER BY 1 LIMIT $3) oldest',
    policy.time_column, target, condition)
  INTO latest USING coalesce(lower_bound, '-infinity'), upper_bound, most;
  IF latest IS NULL THEN
    RETURN NULL;
  END IF;
  gone := format('DELETE FROM %s WHERE %s AND %I <= $3', target, condition, policy.time_column);
  IF policy.archive THEN
    gone := format('WITH gone AS (%2$s RETURNING %3$s) INSERT INTO %1$s (%3$s) SELECT %3$s FROM gone',
      millrace.archive_of(relation), gone, columns);
  END IF;
  EXECUTE gone USING coalesce(lower_bound, '-infinity'), upper_bound, latest;
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN deleted;
END $$;

-- Deletes the oldest expired rows, about so many. To be called until it finds none.
CREATE FUNCTION millrace.expire_rows(relation regclass, at timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  rule millrace.row_expiry;
  condition text;
  latest timestamptz;
  deleted bigint;
BEGIN
  SELECT * INTO STRICT rule FROM millrace.row_expiry e WHERE e.relation = expire_rows.relation;
  condition := millrace.expiry_condition(rule);
  EXECUTE format('SELECT max(time) FROM (SELECT r.%I AS time FROM %s r WHERE %s ORDER BY 1 LIMIT $2) oldest',
    rule.time_columns[1], relation, condition)
  INTO latest USING at, most;
  IF latest IS NULL THEN
    RETURN NULL;
  END IF;
  EXECUTE format('DELETE FROM %s r WHERE %s AND r.%I <= $2', relation, condition, rule.time_columns[1])
  USING at, latest;
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN deleted;
END $$;

-- Rows that lie in the default partition.
CREATE FUNCTION millrace.rows_waiting(relation regclass) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  rest regclass := millrace.default_partition(relation);
  waiting bigint := 0;
BEGIN
  IF rest IS NOT NULL THEN
    EXECUTE format('SELECT count(*) FROM %s', rest) INTO waiting;
  END IF;
  RETURN waiting;
END $$;

-- How many rows a step that is due moves or deletes, without taking it.
CREATE FUNCTION millrace.rows_of_step(
  relation regclass, step text, target text, lower_bound timestamptz, upper_bound timestamptz, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy;
  rest regclass := millrace.default_partition(relation);
  oldest timestamptz;
BEGIN
  IF step = 'expire_rows' THEN
    RETURN millrace.rows_to_expire(relation, at);
  END IF;
  policy := millrace.policy_of(relation);
  IF step = 'make' AND rest IS NOT NULL THEN
    -- Rows past the retention have left before, if they may be deleted.
    oldest := CASE WHEN NOT millrace.guards_its_rows(relation) THEN at - policy.retention END;
    RETURN millrace.count_rows(rest, policy.time_column, greatest(lower_bound, oldest), upper_bound);
  ELSIF step IN ('delete_rows', 'archive_rows') THEN
    RETURN millrace.count_rows(
      target::regclass, policy.time_column, coalesce(lower_bound, '-infinity'), upper_bound);
  END IF;
  RETURN 0;
END $$;
