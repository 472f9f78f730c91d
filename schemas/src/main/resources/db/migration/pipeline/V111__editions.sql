-- What the Community edition of TimescaleDB asks of ownership: its jobs run as the owner of the table, who must be able to
-- log in for that, and a continuous aggregate is altered as what it was made as.

CREATE FUNCTION millrace.is_community() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT millrace.timescale_schema() IS NOT NULL
    AND coalesce(current_setting('timescaledb.license', true) = 'timescale', false)
$$;

COMMENT ON FUNCTION millrace.is_community IS
  'Whether this database has the Community edition of TimescaleDB.';

CREATE FUNCTION millrace.is_continuous_aggregate(relation regclass) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found boolean := false;
BEGIN
  IF millrace.timescale_schema() IS NOT NULL THEN
    EXECUTE
      'SELECT EXISTS (
         SELECT FROM timescaledb_information.continuous_aggregates a
         JOIN pg_namespace n ON n.nspname = a.view_schema
         JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = a.view_name
         WHERE c.oid = $1)'
    INTO found USING relation;
  END IF;
  RETURN found;
END $$;

CREATE OR REPLACE FUNCTION millrace.missing_ownership() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH schemas AS (
    SELECT n.oid, n.nspname, n.nspowner
    FROM millrace.managed_schema s JOIN pg_namespace n ON n.nspname = s.schema_name
  ), owned AS (
    SELECT nspowner AS owner, format('SCHEMA %I', nspname) AS object FROM schemas
    UNION ALL
    SELECT c.relowner, format('%s %s',
      CASE
        WHEN c.relkind = 'm' OR c.relkind = 'v' AND millrace.is_continuous_aggregate(c.oid) THEN 'MATERIALIZED VIEW'
        WHEN c.relkind = 'v' THEN 'VIEW'
        WHEN c.relkind = 'S' THEN 'SEQUENCE'
        ELSE 'TABLE' END,
      c.oid::regclass)
    FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm')
      OR c.relkind = 'S' AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
    UNION ALL
    SELECT p.proowner, format('ROUTINE %s', p.oid::regprocedure)
    FROM pg_proc p JOIN schemas s ON s.oid = p.pronamespace
    UNION ALL
    SELECT t.typowner, format('TYPE %s', t.oid::regtype)
    FROM pg_type t JOIN schemas s ON s.oid = t.typnamespace
    WHERE t.typtype IN ('e', 'd') OR t.typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c'
  )
  SELECT format('ALTER %s OWNER TO millrace_owner', object)
  FROM owned WHERE owner <> to_regrole('millrace_owner')
$$;

-- Statements for what is not Millrace's own. Without a password, who can log in still cannot, where one is asked for.
CREATE OR REPLACE FUNCTION millrace.missing_on_database() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format('GRANT %s ON DATABASE %I TO %I', w.privilege, current_database(), w.role_name)
  FROM (VALUES
    ('millrace_owner', 'CONNECT'), ('millrace_owner', 'CREATE'), ('millrace_owner', 'TEMPORARY'),
    ('millrace_writer', 'CONNECT'), ('millrace_writer', 'TEMPORARY'),
    ('millrace_reader', 'CONNECT')) w (role_name, privilege)
  WHERE NOT has_database_privilege(w.role_name, current_database(), w.privilege)
  UNION ALL
  SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC'
  FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) g
  WHERE n.nspname = 'public' AND g.grantee = 0 AND g.privilege_type = 'CREATE'
  UNION ALL
  SELECT 'ALTER ROLE millrace_owner LOGIN'
  FROM pg_roles WHERE rolname = 'millrace_owner' AND NOT rolcanlogin AND millrace.is_community()
$$;
