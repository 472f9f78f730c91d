-- Makes the partitions that rows of the batch need. Parameters: schema, table, time column, first and last key, oldest time.
SELECT millrace.ensure_partitions_for_batch(
  to_regclass(format('%I.%I', ?::text, ?::text)), 'pg_temp.legacy_batch', ?::name, ?, ?, ?)
