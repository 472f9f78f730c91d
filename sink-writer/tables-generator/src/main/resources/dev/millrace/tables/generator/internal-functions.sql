-- A function that others may call says what it does; one that says nothing is its neighbours' own.
SELECT DISTINCT n.nspname || '.' || p.proname
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
  AND obj_description(p.oid, 'pg_proc') IS NULL
ORDER BY 1
