-- Three roles, the same in every database of a server: millrace_owner owns everything here and runs migrations and
-- maintenance, millrace_writer is the sink, millrace_reader an analyst. None can log in; a deployment's users are made
-- members. What each may do follows from a few rules and the exceptions in millrace.access, and is brought about, for
-- what is new as well, by apply_roles at the end of every migration.
--
-- No function here has more rights than its caller. Whoever may not make a role or give one is told what an
-- administrator has to run, and the rest is done all the same.

CREATE TABLE millrace.managed_schema (
  schema_name    NAME PRIMARY KEY,
  analysts_read  BOOLEAN NOT NULL,
  sink_writes    BOOLEAN NOT NULL
);

COMMENT ON TABLE millrace.managed_schema IS
  'The schemas whose objects belong to millrace_owner. A migration that makes another one adds it.';

-- The archive is made by maintenance, when it first has something to keep.
INSERT INTO millrace.managed_schema VALUES
  ('audio', true, true), ('network', true, true), ('hub', true, true),
  ('camera', true, true), ('fiber', true, true), ('insight', true, true),
  ('archive', true, false), ('millrace', false, false);

CREATE TABLE millrace.access (
  relation    REGCLASS NOT NULL,
  role_name   NAME NOT NULL,
  privileges  TEXT[] NOT NULL,
  PRIMARY KEY (relation, role_name)
);

COMMENT ON TABLE millrace.access IS
  'What a role may do with a relation where that is not the usual: SELECT for millrace_reader, and for millrace_writer SELECT, INSERT and UPDATE, which an upsert needs.';

INSERT INTO millrace.access VALUES
  ('millrace.sink_progress', 'millrace_writer', '{SELECT,INSERT,UPDATE}'),
  ('millrace.partition_policy', 'millrace_reader', '{SELECT}'),
  -- Kept by people.
  ('network.device_credentials', 'millrace_writer', '{}'),
  -- What is only ever added to.
  ('audio.knob_events', 'millrace_writer', '{INSERT}'),
  ('network.availability_metrics', 'millrace_writer', '{INSERT}'),
  ('network.path_metrics', 'millrace_writer', '{INSERT}'),
  ('network.optical_metrics', 'millrace_writer', '{INSERT}'),
  ('network.interface_metrics', 'millrace_writer', '{INSERT}'),
  ('network.config_snapshots', 'millrace_writer', '{INSERT}'),
  ('network.interface_snapshots', 'millrace_writer', '{INSERT}'),
  ('network.poll_history', 'millrace_writer', '{INSERT}'),
  ('hub.correlations', 'millrace_writer', '{INSERT}'),
  ('camera.system_metrics', 'millrace_writer', '{INSERT}'),
  ('camera.alerts', 'millrace_writer', '{INSERT}'),
  ('camera.audit_log', 'millrace_writer', '{INSERT}'),
  ('fiber.metrics', 'millrace_writer', '{INSERT}'),
  ('insight.health_scores', 'millrace_writer', '{INSERT}'),
  ('insight.ml_training_snapshots', 'millrace_writer', '{INSERT}'),
  ('insight.ml_model_metrics', 'millrace_writer', '{INSERT}');

-- Tables and views. Partitions are reached through their table, and that is where privileges are checked.
CREATE FUNCTION millrace.managed_relations()
RETURNS TABLE (relation regclass, analysts_read boolean, sink_writes boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.oid::regclass, s.analysts_read, s.sink_writes AND c.relkind IN ('r', 'p')
  FROM millrace.managed_schema s
  JOIN pg_namespace n ON n.nspname = s.schema_name
  JOIN pg_class c ON c.relnamespace = n.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
$$;

CREATE FUNCTION millrace.managed_routines()
RETURNS TABLE (routine regprocedure, only_reads boolean, acl aclitem[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.oid::regprocedure, p.provolatile <> 'v' AND p.prorettype <> 'trigger'::regtype,
    coalesce(p.proacl, acldefault('f', p.proowner))
  FROM millrace.managed_schema s
  JOIN pg_namespace n ON n.nspname = s.schema_name
  JOIN pg_proc p ON p.pronamespace = n.oid
$$;

-- What the roles are to have on relations.
CREATE FUNCTION millrace.wanted_privileges() RETURNS TABLE (relation regclass, role_name name, privilege text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH usual AS (
    SELECT r.relation, name 'millrace_reader' AS role_name, 'SELECT' AS privilege
    FROM millrace.managed_relations() r
    WHERE r.analysts_read
    UNION ALL
    SELECT r.relation, 'millrace_writer', p
    FROM millrace.managed_relations() r CROSS JOIN LATERAL unnest('{SELECT,INSERT,UPDATE}'::text[]) p
    WHERE r.sink_writes
  )
  SELECT u.* FROM usual u
  WHERE NOT EXISTS (SELECT FROM millrace.access a WHERE a.relation = u.relation AND a.role_name = u.role_name)
  UNION ALL
  SELECT a.relation, a.role_name, p FROM millrace.access a CROSS JOIN LATERAL unnest(a.privileges) p
$$;

-- Statements that make the roles that are missing.
CREATE FUNCTION millrace.missing_roles() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format('CREATE ROLE %I NOLOGIN', r)
  FROM unnest(ARRAY['millrace_owner', 'millrace_writer', 'millrace_reader']) r
  WHERE to_regrole(r) IS NULL
$$;

-- Statements that give millrace_owner what is not its own yet. A sequence, an index and a chunk go with their table.
CREATE FUNCTION millrace.missing_ownership() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH schemas AS (
    SELECT n.oid, n.nspname, n.nspowner
    FROM millrace.managed_schema s JOIN pg_namespace n ON n.nspname = s.schema_name
  ), owned AS (
    SELECT nspowner AS owner, format('SCHEMA %I', nspname) AS object FROM schemas
    UNION ALL
    SELECT c.relowner, format('%s %s',
      CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
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

-- Statements that grant and revoke within the schemas.
CREATE FUNCTION millrace.missing_grants() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH wanted AS MATERIALIZED (
    SELECT w.*, c.relnamespace AS schema FROM millrace.wanted_privileges() w JOIN pg_class c ON c.oid = w.relation
  )
  SELECT DISTINCT format('GRANT USAGE ON SCHEMA %s TO %I', schema::regnamespace, role_name)
  FROM wanted WHERE NOT has_schema_privilege(role_name, schema, 'USAGE')
  UNION ALL
  SELECT format('GRANT %s ON %s TO %I', string_agg(privilege, ', ' ORDER BY privilege), relation, role_name)
  FROM wanted WHERE NOT has_table_privilege(role_name, relation, privilege)
  GROUP BY relation, role_name
  UNION ALL
  -- Serial columns take their numbers with the rights of whoever inserts.
  SELECT format('GRANT USAGE ON SEQUENCE %s TO %I', d.objid::regclass, w.role_name)
  FROM wanted w
  JOIN pg_depend d ON d.refobjid = w.relation AND d.refobjsubid > 0 AND d.deptype = 'a'
  JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
  WHERE d.classid = 'pg_class'::regclass AND w.privilege = 'INSERT'
    AND NOT has_sequence_privilege(w.role_name, s.oid, 'USAGE')
  UNION ALL
  SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', r.routine)
  FROM millrace.managed_routines() r
  WHERE EXISTS (SELECT FROM aclexplode(r.acl) g WHERE g.grantee = 0)
  UNION ALL
  -- What changes nothing; PUBLIC may still have it here.
  SELECT format('GRANT EXECUTE ON ROUTINE %s TO millrace_reader', r.routine)
  FROM millrace.managed_routines() r
  WHERE r.only_reads
    AND NOT EXISTS (SELECT FROM aclexplode(r.acl) g WHERE g.grantee = to_regrole('millrace_reader'))
$$;

-- Statements for what is not Millrace's own: the database, and the schema public, where whoever likes may create in
-- databases that began with PostgreSQL 14 or older.
CREATE FUNCTION millrace.missing_on_database() RETURNS SETOF text
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
$$;

-- Runs a statement as far as the caller may. A role may be made, or given, for another database meanwhile.
CREATE FUNCTION millrace.run_if_allowed(statement text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE statement;
EXCEPTION
  WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
END $$;

-- Brings about what the roles are to have, as far as the caller may; returns what an administrator has to run.
CREATE FUNCTION millrace.apply_roles() RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = error AS $$
DECLARE
  be_owner text := format('GRANT millrace_owner TO %I', current_user);
BEGIN
  -- One at a time in a database: two grants on one relation are one too many.
  PERFORM pg_advisory_xact_lock(hashtext('millrace.apply_roles'));
  PERFORM millrace.run_if_allowed(m) FROM millrace.missing_roles() m;
  IF EXISTS (SELECT FROM millrace.missing_roles()) THEN
    RETURN QUERY SELECT * FROM millrace.missing_roles();
    RETURN NEXT be_owner;
    RETURN;
  END IF;
  IF NOT pg_has_role('millrace_owner', 'USAGE') THEN
    PERFORM millrace.run_if_allowed(be_owner);
  END IF;
  IF pg_has_role('millrace_owner', 'USAGE') THEN
    PERFORM millrace.run_if_allowed(m) FROM millrace.missing_ownership() m;
    RETURN QUERY SELECT * FROM millrace.missing_ownership();
  ELSE
    RETURN NEXT be_owner;
  END IF;
  PERFORM millrace.run_if_allowed(m) FROM millrace.missing_grants() m;
  PERFORM millrace.run_if_allowed(m) FROM millrace.missing_on_database() m;
  RETURN QUERY SELECT * FROM millrace.missing_grants();
  RETURN QUERY SELECT * FROM millrace.missing_on_database();
END $$;

COMMENT ON FUNCTION millrace.apply_roles IS
  'Gives the three roles what they are to have, for what is new as well; returns the statements an administrator has to run.';
