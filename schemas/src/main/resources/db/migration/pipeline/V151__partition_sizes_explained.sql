-- What the columns of the view say, for whoever asks the database.
COMMENT ON COLUMN millrace.partition_sizes.relation IS 'The table.';
COMMENT ON COLUMN millrace.partition_sizes.partition IS 'The partition or chunk.';
COMMENT ON COLUMN millrace.partition_sizes.lower_bound IS 'Times of its rows begin here; null for the default partition.';
COMMENT ON COLUMN millrace.partition_sizes.upper_bound IS 'Times of its rows end before this.';
COMMENT ON COLUMN millrace.partition_sizes.total_bytes IS 'Its size with indexes, compressed rows with it.';
COMMENT ON COLUMN millrace.partition_sizes.is_compressed IS 'Whether TimescaleDB has compressed it.';
