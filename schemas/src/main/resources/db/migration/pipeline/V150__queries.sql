-- What analysts' queries need beside the tables, so that they are the same on both flavours.

-- TimescaleDB's function, for queries that cut time into buckets on a server without it. In schema insight, which is in
-- every analyst's search path: in public it would stand in the way of the extension. Whole months are counted from January
-- 2000, all else from Monday, 3 January 2000, in UTC, as there. The body is bound when it is made, so that no search
-- path can change what it means; a fixed one would keep it from being inlined, at 20 times the cost a row.
DO $$
BEGIN
  IF millrace.timescale_schema() IS NOT NULL THEN
    RETURN;
  END IF;
  CREATE FUNCTION insight.time_bucket(bucket_width interval, ts timestamptz) RETURNS timestamptz
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN bucket_width >= interval '1 month' AND bucket_width = date_trunc('month', bucket_width) THEN
      (timestamp '2000-01-01'
        + floor(((extract(year FROM ts AT TIME ZONE 'UTC') - 2000) * 12 + extract(month FROM ts AT TIME ZONE 'UTC') - 1)
            / (extract(year FROM bucket_width) * 12 + extract(month FROM bucket_width)))
          * (extract(year FROM bucket_width) * 12 + extract(month FROM bucket_width))::integer
          * interval '1 month') AT TIME ZONE 'UTC'
    ELSE date_bin(bucket_width, ts, timestamptz '2000-01-03 00:00:00+00')
  END;
  COMMENT ON FUNCTION insight.time_bucket(interval, timestamptz) IS
    'The start of the bucket a time lies in; as TimescaleDB''s function of this name.';
END $$;

CREATE FUNCTION millrace.sizes_of_partitions(relation regclass)
RETURNS TABLE (
  partition regclass, lower_bound timestamptz, upper_bound timestamptz, total_bytes bigint, is_compressed boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF NOT millrace.is_hypertable(relation) THEN
    RETURN QUERY
      SELECT p.partition, p.lower_bound, p.upper_bound, pg_total_relation_size(p.partition), false
      FROM millrace.partitions(relation) p;
    RETURN;
  END IF;
  -- A compressed chunk keeps its rows in another table, which this counts with it.
  RETURN QUERY EXECUTE format(
    'SELECT format(''%%I.%%I'', c.chunk_schema, c.chunk_name)::regclass, c.range_start, c.range_end,
       s.total_bytes, c.is_compressed
     FROM timescaledb_information.chunks c
     JOIN pg_namespace n ON n.nspname = c.hypertable_schema
     JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = c.hypertable_name
     JOIN %s.chunks_detailed_size($1) s ON s.chunk_schema = c.chunk_schema AND s.chunk_name = c.chunk_name
     WHERE t.oid = $1',
    millrace.timescale_schema())
  USING relation;
END $$;

CREATE VIEW millrace.partition_sizes AS
SELECT p.relation, s.partition, s.lower_bound, s.upper_bound, s.total_bytes, s.is_compressed
FROM millrace.partition_policy p CROSS JOIN LATERAL millrace.sizes_of_partitions(p.relation) s;

COMMENT ON VIEW millrace.partition_sizes IS
  'Every partition or chunk of every table partitioned by time: its bounds, its bytes with indexes, whether it is compressed. The default partition has no bounds.';

INSERT INTO millrace.access VALUES ('millrace.partition_sizes', 'millrace_reader', '{SELECT}');
