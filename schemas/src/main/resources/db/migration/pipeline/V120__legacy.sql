-- Moving the rows of older tables in: how far that has come, committed with every batch, and what could not be moved.
CREATE TABLE millrace.legacy_progress (
  -- The old table with its schema; in another database, after that one's address.
  source        TEXT        PRIMARY KEY,
  -- The greatest key that was read; null: none.
  last_key      BIGINT,
  rows_read     BIGINT      NOT NULL DEFAULT 0,
  rows_stored   BIGINT      NOT NULL DEFAULT 0,
  rows_present  BIGINT      NOT NULL DEFAULT 0,
  rows_expired  BIGINT      NOT NULL DEFAULT 0,
  rows_refused  BIGINT      NOT NULL DEFAULT 0,
  updated_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- Nothing is read and neither stored, there already, too old nor refused.
  CONSTRAINT legacy_progress_balance
    CHECK (rows_read = rows_stored + rows_present + rows_expired + rows_refused)
);

COMMENT ON TABLE millrace.legacy_progress IS
  'How far the rows of each older table have been moved, with their counts. Written by migrate-legacy.';

CREATE TABLE millrace.legacy_rejects (
  source      TEXT        NOT NULL,
  source_key  BIGINT      NOT NULL,
  reason      TEXT        NOT NULL,
  old_row     JSONB       NOT NULL,
  refused_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (source, source_key)
);

COMMENT ON TABLE millrace.legacy_rejects IS
  'Rows of older tables that could not be moved, as they were, and why. Written by migrate-legacy.';

-- A time as an older table has it; one without a zone is of the session's. No reading was taken at infinity.
CREATE FUNCTION millrace.legacy_time(at text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT isfinite(at::timestamptz) THEN
    RAISE EXCEPTION 'the time % is no time of a reading', at USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN at::timestamptz;
END $$;

-- Makes the partitions that rows of a batch need, from one key to another and no older than `since`; says how many.
CREATE FUNCTION millrace.ensure_partitions_for_batch(
  relation regclass, batch regclass, time_column name, first_key bigint, last_key bigint, since timestamptz)
RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  cut interval := (
    SELECT p.chunk_interval FROM millrace.partition_policy p WHERE p.relation = ensure_partitions_for_batch.relation);
  starting timestamptz;
  made integer := 0;
BEGIN
  IF cut IS NULL OR millrace.is_hypertable(relation) THEN
    RETURN 0;
  END IF;
  FOR starting IN EXECUTE format(
    'SELECT DISTINCT millrace.partition_start(millrace.legacy_time(%I), $1) FROM %s
     WHERE source_key BETWEEN $2 AND $3 AND millrace.legacy_time(%1$I) >= $4 ORDER BY 1', time_column, batch)
  USING cut, first_key, last_key, since
  LOOP
    made := made + millrace.ensure_partitions(relation, starting, starting + cut);
  END LOOP;
  RETURN made;
END $$;
