-- The oldest time a table keeps; null for any. Parameters: schema and name.
SELECT now() - p.retention
FROM millrace.partition_policy p
WHERE p.relation = to_regclass(format('%I.%I', ?::text, ?::text))
