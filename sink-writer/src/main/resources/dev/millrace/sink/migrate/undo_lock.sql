-- Neither a sink nor another migration goes on meanwhile. A table that is not there needs no lock.
SET LOCAL lock_timeout = '10s';
DO $$
BEGIN
  IF to_regclass('millrace.sink_progress') IS NOT NULL THEN
    LOCK TABLE millrace.sink_progress IN ACCESS EXCLUSIVE MODE;
  END IF;
  LOCK TABLE millrace.schema_history, millrace.made IN ACCESS EXCLUSIVE MODE;
END $$
