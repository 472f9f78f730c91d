-- What maintenance is to do. millrace.maintenance_due lists the steps for one table at a given time; the steps themselves
-- are in the next migration. No function here asks the clock: the time is the caller's.

-- Rows that go one by one, because their table is not partitioned or because each row says itself when it ends.
CREATE TABLE millrace.row_expiry (
  relation      REGCLASS PRIMARY KEY,
  -- A row goes when every one of these times is older than the retention. One that is null keeps it.
  time_columns  NAME[]     NOT NULL CHECK (cardinality(time_columns) > 0),
  -- Zero where the time is that of the end.
  retention     INTERVAL   NOT NULL CHECK (retention >= INTERVAL '0'),
  -- A boolean column; true keeps the row.
  unless        NAME,
  -- So does a row of one of these tables with the same value in this column. In a table of an exact policy only rows
  -- within its retention count: the others go in the same pass.
  key_column    NAME,
  kept_by       REGCLASS[] NOT NULL DEFAULT '{}',
  CHECK ((key_column IS NULL) = (kept_by = '{}'))
);

COMMENT ON TABLE millrace.row_expiry IS
  'Which rows of which tables maintenance deletes one by one. Filled by the migrations of the domains.';

CREATE FUNCTION millrace.policy_of(relation regclass) RETURNS millrace.partition_policy
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  policy millrace.partition_policy;
BEGIN
  SELECT * INTO policy FROM millrace.partition_policy p WHERE p.relation = policy_of.relation;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% has no partition policy', relation
      USING ERRCODE = 'undefined_object', HINT = 'Call millrace.make_time_partitioned on it first.';
  END IF;
  RETURN policy;
END $$;

CREATE FUNCTION millrace.partition_name(relation regclass, lower_bound timestamptz, upper_bound timestamptz)
RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT format('%I.%I', n.nspname, c.relname || to_char(lower_bound,
    CASE WHEN date_trunc('day', lower_bound) = lower_bound AND upper_bound - lower_bound >= interval '1 day'
      THEN '"_p"YYYYMMDD' ELSE '"_p"YYYYMMDDHH24' END))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation
$$;

-- The bounds of the native partitions that are missing between two times.
CREATE FUNCTION millrace.missing_partitions(relation regclass, from_time timestamptz, to_time timestamptz)
RETURNS TABLE (lower_bound timestamptz, upper_bound timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  covered tstzmultirange;
  starting timestamptz;
BEGIN
  IF NOT isfinite(from_time) OR NOT isfinite(to_time) THEN
    RAISE EXCEPTION 'partitions of % from % to % have no end', relation, from_time, to_time
      USING ERRCODE = 'invalid_parameter_value', HINT = 'Name two times.';
  END IF;
  IF millrace.is_hypertable(relation) THEN
    RETURN;
  END IF;
  covered := coalesce(
    (SELECT range_agg(tstzrange(p.lower_bound, p.upper_bound))
     FROM millrace.partitions(relation) p WHERE p.lower_bound IS NOT NULL),
    '{}');
  starting := millrace.partition_start(from_time, policy.chunk_interval);
  WHILE starting < to_time LOOP
    -- Less than a whole one where the interval was changed and older partitions reach into it.
    RETURN QUERY
      SELECT lower(gap), upper(gap)
      FROM unnest(tstzmultirange(tstzrange(starting, starting + policy.chunk_interval)) - covered) gap;
    starting := starting + policy.chunk_interval;
  END LOOP;
END $$;

-- As before; what a partition is called is now said in one place, and so is which ones are missing.
CREATE OR REPLACE FUNCTION millrace.add_partition(
  relation regclass, time_column name, lower_bound timestamptz, upper_bound timestamptz)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  partition text := millrace.partition_name(relation, lower_bound, upper_bound);
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

CREATE OR REPLACE FUNCTION millrace.ensure_partitions(
  relation regclass, from_time timestamptz, to_time timestamptz)
RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  gap record;
  made integer := 0;
BEGIN
  IF NOT millrace.is_hypertable(relation) THEN
    -- One at a time; does not wait for writers.
    EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE', relation);
  END IF;
  FOR gap IN SELECT * FROM millrace.missing_partitions(relation, from_time, to_time) LOOP
    PERFORM millrace.add_partition(relation, policy.time_column, gap.lower_bound, gap.upper_bound);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

-- Whether a trigger may refuse that rows are deleted: such a table loses whole partitions only.
CREATE FUNCTION millrace.guards_its_rows(relation regclass) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM pg_trigger
    WHERE tgrelid = relation AND NOT tgisinternal
      -- Of DELETE, and before it.
      AND tgtype & 8 <> 0 AND tgtype & 2 <> 0)
$$;

-- Where partitions begin for rows that wait in the default partition, from and to given times; at most so many.
CREATE FUNCTION millrace.partitions_waited_for(
  relation regclass, from_time timestamptz, to_time timestamptz, most integer)
RETURNS SETOF timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  rest regclass := millrace.default_partition(relation);
BEGIN
  IF rest IS NOT NULL THEN
    RETURN QUERY EXECUTE format(
      'SELECT DISTINCT millrace.partition_start(%1$I, $1) AS starting FROM %2$s
       WHERE isfinite(%1$I) AND %1$I >= $2 AND %1$I < $3 ORDER BY starting DESC LIMIT $4',
      policy.time_column, rest)
    USING policy.chunk_interval, from_time, to_time, most;
  END IF;
END $$;

-- Whether there is a row of a time, in a table or in one of its partitions.
CREATE FUNCTION millrace.has_rows(
  rows_of regclass, time_column name, lower_bound timestamptz, upper_bound timestamptz)
RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  found boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %1$s WHERE %2$I >= $1 AND %2$I < $2)', rows_of, time_column)
  INTO found USING lower_bound, upper_bound;
  RETURN found;
END $$;

-- Partitions that are to be made: ahead and behind, and for rows that wait in the default partition and are neither past the
-- retention nor later than what is made ahead; those of a wrong clock wait until their time comes. No pass makes more
-- than a hundred for such rows.
CREATE FUNCTION millrace.partitions_due(relation regclass, at timestamptz)
RETURNS TABLE (lower_bound timestamptz, upper_bound timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  oldest timestamptz := coalesce(at - policy.retention, '-infinity');
  until timestamptz := at + policy.make_ahead;
BEGIN
  RETURN QUERY
    SELECT m.lower_bound, m.upper_bound
    FROM millrace.missing_partitions(relation, greatest(at - policy.make_behind, oldest), until) m
    UNION
    SELECT m.lower_bound, m.upper_bound
    FROM millrace.partitions_waited_for(relation, oldest, until, 100) s,
      millrace.missing_partitions(relation, s, s + policy.chunk_interval) m
    ORDER BY 1;
END $$;

-- Rows past the retention leave a table that guards them by a partition, too. It is made and dropped in one pass.
CREATE FUNCTION millrace.partitions_to_leave_by(relation regclass, at timestamptz)
RETURNS TABLE (lower_bound timestamptz, upper_bound timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  oldest timestamptz := millrace.partition_start(at - policy.retention, policy.chunk_interval);
BEGIN
  IF policy.retention IS NOT NULL AND millrace.guards_its_rows(relation) THEN
    RETURN QUERY
      SELECT m.lower_bound, m.upper_bound
      FROM millrace.partitions_waited_for(relation, '-infinity', oldest, 100) s,
        millrace.missing_partitions(relation, s, s + policy.chunk_interval) m
      ORDER BY 1;
  END IF;
END $$;

-- The steps to take on one table at a time, in their order. `target` is the partition, or the table where it is a hypertable:
-- its chunks of the same time go together. A lower bound that is missing is the beginning of time.
CREATE FUNCTION millrace.maintenance_due(relation regclass, at timestamptz)
RETURNS TABLE (step text, target text, lower_bound timestamptz, upper_bound timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  policy millrace.partition_policy := millrace.policy_of(relation);
  hypertable boolean := millrace.is_hypertable(relation);
  guarded boolean := millrace.guards_its_rows(relation);
  rest regclass := millrace.default_partition(relation);
  oldest timestamptz := at - policy.retention;
  keep text := CASE WHEN policy.archive THEN 'archive' ELSE 'drop' END;
BEGIN
  -- Before partitions are made, which would take some of these rows in.
  IF rest IS NOT NULL AND NOT guarded
    AND millrace.has_rows(rest, policy.time_column, '-infinity', oldest) THEN
    RETURN QUERY SELECT CASE WHEN policy.archive THEN 'archive_rows' ELSE 'delete_rows' END,
      rest::text, NULL::timestamptz, oldest;
  END IF;

  RETURN QUERY
    SELECT 'make', millrace.partition_name(relation, d.lower_bound, d.upper_bound), d.lower_bound, d.upper_bound
    FROM millrace.partitions_due(relation, at) d;
  RETURN QUERY
    SELECT s.step, millrace.partition_name(relation, d.lower_bound, d.upper_bound), d.lower_bound, d.upper_bound
    FROM millrace.partitions_to_leave_by(relation, at) d, (VALUES (1, 'make'), (2, keep)) s (n, step)
    ORDER BY s.n, d.lower_bound;
  RETURN QUERY
    SELECT DISTINCT keep, CASE WHEN hypertable THEN relation ELSE p.partition END::text, p.lower_bound, p.upper_bound
    FROM millrace.partitions(relation) p
    WHERE p.upper_bound <= oldest
    ORDER BY 3;

  IF policy.exact AND NOT guarded THEN
    RETURN QUERY
      SELECT DISTINCT CASE WHEN policy.archive THEN 'archive_rows' ELSE 'delete_rows' END,
        CASE WHEN hypertable THEN relation ELSE p.partition END::text, p.lower_bound, oldest
      FROM millrace.partitions(relation) p
      WHERE p.lower_bound < oldest AND p.upper_bound > oldest
        AND millrace.has_rows(p.partition, policy.time_column, p.lower_bound, oldest);
  END IF;
END $$;

-- What a row to expire fulfils; $1 is the time.
CREATE FUNCTION millrace.expiry_condition(rule millrace.row_expiry) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(condition, ' AND ')
  FROM (
    SELECT format('r.%I < $1 - %L::interval', c, rule.retention) FROM unnest(rule.time_columns) c
    UNION ALL
    SELECT format('r.%I IS NOT TRUE', rule.unless) WHERE rule.unless IS NOT NULL
    UNION ALL
    SELECT format('NOT EXISTS (SELECT FROM %s k WHERE k.%I = r.%I%s)', k, rule.key_column, rule.key_column,
      (SELECT format(' AND k.%I >= $1 - %L::interval', p.time_column, p.retention)
       FROM millrace.partition_policy p WHERE p.relation = k AND p.exact))
    FROM unnest(rule.kept_by) k
  ) AS conditions (condition)
$$;

-- How many rows have expired; a limit makes it a cheap question. What keeps a row is looked up by its key: reading all of
-- such a table, as a plan may have it that expects many rows, takes longer than the whole pass.
CREATE FUNCTION millrace.rows_to_expire(relation regclass, at timestamptz, most bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  rule millrace.row_expiry;
  found bigint;
BEGIN
  SELECT * INTO STRICT rule FROM millrace.row_expiry e WHERE e.relation = rows_to_expire.relation;
  EXECUTE format('SELECT count(*) FROM (SELECT FROM %s r WHERE %s LIMIT $2) expired',
    relation, millrace.expiry_condition(rule))
  INTO found USING at, most;
  RETURN found;
END $$;
