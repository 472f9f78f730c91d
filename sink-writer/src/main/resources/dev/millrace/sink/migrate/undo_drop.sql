-- Drops what undo_objects lists, and the schemas of it that this leaves empty. That nothing else needs it was found out
-- before; if CASCADE took more all the same, for it came in between, all is rolled back.
DO $$
DECLARE
  part record;
  aggregates text[] := '{}';
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
    EXECUTE
      'SELECT coalesce(array_agg(format(''%I.%I'', view_schema, view_name)), ''{}'')
       FROM timescaledb_information.continuous_aggregates'
    INTO aggregates;
  END IF;
  FOR part IN
    SELECT *, array_position(
      ARRAY['view', 'materialized view', 'foreign table', 'table', 'sequence', 'composite type', 'type'], type) AS step
    FROM undo_objects WHERE type <> 'schema' ORDER BY step NULLS LAST, identity
  LOOP
    -- Gone with another already?
    CONTINUE WHEN pg_describe_object(part.classid, part.objid, 0) IS NULL;
    EXECUTE format('DROP %s %s CASCADE',
      CASE
        WHEN part.type = 'view' AND part.identity = ANY (aggregates) THEN 'MATERIALIZED VIEW'
        WHEN part.type = 'composite type' THEN 'TYPE'
        ELSE part.type
      END,
      part.identity);
  END LOOP;
  FOR part IN
    SELECT o.* FROM undo_objects o
    WHERE o.type = 'schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = o.classid AND d.refobjid = o.objid AND d.deptype = 'n')
  LOOP
    EXECUTE format('DROP SCHEMA %s', part.identity);
  END LOOP;
  FOR part IN
    SELECT * FROM undo_found f
    WHERE pg_describe_object(f.classid, f.objid, 0) IS NULL
      AND NOT EXISTS (SELECT FROM undo_objects o WHERE o.classid = f.classid AND o.objid = f.objid)
  LOOP
    RAISE EXCEPTION 'the % % would have gone too', part.type, part.identity
      USING ERRCODE = 'dependent_objects_still_exist', HINT = 'Somebody made it a moment ago; try again.';
  END LOOP;
END $$
