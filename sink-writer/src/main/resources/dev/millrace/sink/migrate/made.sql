-- Kept by the migrations as they run, and so not one of them. In a database that was migrated before this was kept, what
-- is in the schemas of its partitioned tables counts as made.
DO $$
BEGIN
  IF to_regclass('millrace.made') IS NOT NULL THEN
    RETURN;
  END IF;
  CREATE TABLE millrace.made (
    type      TEXT NOT NULL,
    identity  TEXT NOT NULL,
    PRIMARY KEY (type, identity)
  );
  COMMENT ON TABLE millrace.made IS 'What the migrations have made: what undoing drops.';
  IF to_regclass('millrace.partition_policy') IS NOT NULL THEN
    INSERT INTO millrace.made
    SELECT i.type, i.identity
    FROM (
      SELECT 'pg_namespace'::regclass AS classid, oid AS objid, oid AS schema FROM pg_namespace
      UNION ALL
      SELECT 'pg_class'::regclass, oid, relnamespace FROM pg_class
      WHERE relkind IN ('r', 'p', 'v', 'm', 'c') AND NOT relispartition
      UNION ALL
      SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
      UNION ALL
      SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type WHERE typtype IN ('e', 'd', 'r')
    ) o
    CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i
    WHERE o.schema IN (
      SELECT c.relnamespace FROM millrace.partition_policy p JOIN pg_class c ON c.oid = p.relation)
    ON CONFLICT DO NOTHING;
  END IF;
END $$;
