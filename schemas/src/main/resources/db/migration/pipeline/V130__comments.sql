-- What the tables say of themselves, for whoever looks at them in psql. Columns that a record fills are
-- described by their fields.
COMMENT ON COLUMN millrace.sink_progress.sink IS 'Name of the sink: its consumer group.';
COMMENT ON COLUMN millrace.sink_progress.topic IS 'The topic.';
COMMENT ON COLUMN millrace.sink_progress.partition IS 'The partition of the topic.';
COMMENT ON COLUMN millrace.sink_progress.next_offset IS 'First offset that is not stored; reading begins here.';
COMMENT ON COLUMN millrace.sink_progress.epoch IS 'Raised by every claim; a writer with an older one cannot commit.';
COMMENT ON COLUMN millrace.sink_progress.records_read IS 'Records read: those stored and those put aside.';
COMMENT ON COLUMN millrace.sink_progress.rows_stored IS 'Records that are rows.';
COMMENT ON COLUMN millrace.sink_progress.dead_lettered IS 'Records that could not be stored, and went to the dead letters.';
COMMENT ON COLUMN millrace.sink_progress.updated_at IS 'When this row last changed.';

COMMENT ON COLUMN millrace.partition_policy.relation IS 'The table.';
COMMENT ON COLUMN millrace.partition_policy.time_column IS 'The column it is partitioned by.';
COMMENT ON COLUMN millrace.partition_policy.chunk_interval IS 'Length of a partition or chunk.';
COMMENT ON COLUMN millrace.partition_policy.retention IS
  'How long rows are kept; null: for ever. A partition goes when all of it is older.';
COMMENT ON COLUMN millrace.partition_policy.exact IS
  'Rows older than the retention go at once, and do not wait for the rest of their partition.';
COMMENT ON COLUMN millrace.partition_policy.archive IS 'Old partitions are detached and kept, not dropped.';
COMMENT ON COLUMN millrace.partition_policy.make_ahead IS 'How far ahead of now partitions are made.';
COMMENT ON COLUMN millrace.partition_policy.make_behind IS 'How far behind now partitions are made, for late rows.';
COMMENT ON COLUMN millrace.partition_policy.compress_after IS
  'Age at which an edition that can compresses; null: never.';
COMMENT ON COLUMN millrace.partition_policy.segment_by IS 'Columns whose values a compressed batch has in common.';
COMMENT ON COLUMN millrace.partition_policy.order_by IS 'Order of the rows in a compressed batch.';
COMMENT ON COLUMN millrace.partition_policy.space_column IS 'Second dimension of a hypertable, by hash.';
COMMENT ON COLUMN millrace.partition_policy.space_partitions IS 'How many ways it is spread.';
