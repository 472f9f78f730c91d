-- Compression and retention by TimescaleDB's own jobs, from the same millrace.partition_policy that maintenance reads.
-- Written for TimescaleDB 2.18 and later, where compression is called columnstore.
--
-- Retention drops a chunk when all of it is older, as maintenance does; whichever comes first. A table whose old rows are
-- archived has no such job: it would drop what is to be kept.

-- The interval of a table's job of one kind; null where it has none.
CREATE FUNCTION millrace.interval_of_job(relation regclass, kind name, setting text) RETURNS interval
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (j.config ->> setting)::interval
  FROM timescaledb_information.jobs j
  JOIN pg_namespace n ON n.nspname = j.hypertable_schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = j.hypertable_name
  WHERE c.oid = relation AND j.proc_name = kind
  LIMIT 1
$$;

-- Statements that bring the jobs to what the policies say.
CREATE FUNCTION millrace.missing_jobs() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH wanted AS (
    SELECT p.*, millrace.timescale_schema() AS ts,
      millrace.interval_of_job(p.relation, 'policy_compression', 'compress_after') AS compressed_now,
      millrace.interval_of_job(p.relation, 'policy_retention', 'drop_after') AS kept_now
    FROM millrace.partition_policy p
    WHERE millrace.is_hypertable(p.relation)
  ), statements AS (
    SELECT relation, 1 AS step, format('ALTER TABLE %s SET (%s)', relation, concat_ws(', ',
      'timescaledb.enable_columnstore = true',
      'timescaledb.segmentby = '
        || (SELECT quote_literal(string_agg(quote_ident(s), ', ')) FROM unnest(segment_by) s),
      'timescaledb.orderby = ' || quote_literal(order_by))) AS statement
    FROM wanted
    WHERE compress_after IS NOT NULL AND compressed_now IS NULL
    UNION ALL
    SELECT relation, 2, format('CALL %s.remove_columnstore_policy(%L)', ts, relation)
    FROM wanted WHERE compressed_now <> compress_after
    UNION ALL
    SELECT relation, 3, format('CALL %s.add_columnstore_policy(%L, after => %L::interval)', ts, relation, compress_after)
    FROM wanted WHERE compress_after IS NOT NULL AND compressed_now IS DISTINCT FROM compress_after
    UNION ALL
    SELECT relation, 4, format('SELECT %s.remove_retention_policy(%L)', ts, relation)
    FROM wanted WHERE kept_now <> retention OR kept_now IS NOT NULL AND archive
    UNION ALL
    SELECT relation, 5, format('SELECT %s.add_retention_policy(%L, drop_after => %L::interval)', ts, relation, retention)
    FROM wanted WHERE retention IS NOT NULL AND NOT archive AND kept_now IS DISTINCT FROM retention
  )
  SELECT statement FROM statements ORDER BY relation::text, step
$$;

-- Runs them, and returns what was run.
CREATE FUNCTION millrace.apply_jobs() RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  statement text;
BEGIN
  FOR statement IN SELECT * FROM millrace.missing_jobs() LOOP
    EXECUTE statement;
    RETURN NEXT statement;
  END LOOP;
END $$;
