-- As before; analysts may read the archive from the moment it is made.
CREATE OR REPLACE FUNCTION millrace.archive_of(relation regclass) RETURNS regclass
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
    -- Analysts read the archive as well.
    PERFORM millrace.run_if_allowed(m) FROM millrace.missing_grants() m;
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

-- Ranges of pages that no vacuum has seen are read whole, and the oldest rows of a partition are among them: these indexes
-- found nothing sooner.
DROP INDEX audio.metrics_agg_5s_bucket_brin;
DROP INDEX audio.audio_segments_5s_bucket_brin;
DROP INDEX audio.knob_snapshots_5s_bucket_brin;
DROP INDEX audio.knob_events_time_brin;

COMMENT ON FUNCTION millrace.maintenance_due IS
  'What is to be done to a table with a policy at a given time, step by step: partitions to make, drop, archive; rows to delete.';
COMMENT ON FUNCTION millrace.rows_to_expire IS
  'How many rows of a table with a rule of expiry have expired at a given time; counted up to a limit.';
COMMENT ON FUNCTION millrace.make_partition IS
  'Makes a native partition; says how many rows came from the default partition, null if it was there.';
COMMENT ON FUNCTION millrace.drop_partition IS
  'Drops a partition, or the chunks of its time, if all of it is past the retention at a given time; null if not.';
COMMENT ON FUNCTION millrace.archive_partition IS
  'Takes a partition to the archive, if all of it is past the retention at a given time; null if not.';
COMMENT ON FUNCTION millrace.delete_rows IS
  'Deletes the oldest rows of a time from a table or partition, or takes them to the archive; says how many, null if none is left.';
COMMENT ON FUNCTION millrace.expire_rows IS
  'Deletes the oldest of the rows that have expired at a given time; says how many, null if none is left.';
COMMENT ON FUNCTION millrace.rows_of_step IS
  'How many rows a step that is due would move or delete.';
COMMENT ON FUNCTION millrace.rows_waiting IS
  'How many rows lie in the default partition of a table.';
