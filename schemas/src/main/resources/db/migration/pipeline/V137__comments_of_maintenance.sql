COMMENT ON COLUMN millrace.row_expiry.relation IS 'The table.';
COMMENT ON COLUMN millrace.row_expiry.time_columns IS
  'A row goes when every one of these times is older than the retention; one that is null keeps it.';
COMMENT ON COLUMN millrace.row_expiry.retention IS 'How long; zero where the time is that of the end.';
COMMENT ON COLUMN millrace.row_expiry.unless IS 'A boolean column; true keeps the row.';
COMMENT ON COLUMN millrace.row_expiry.key_column IS 'A row of one of kept_by with the same value here keeps the row, too.';
COMMENT ON COLUMN millrace.row_expiry.kept_by IS
  'The tables that may keep it. Of one with an exact policy only rows within its retention count.';

COMMENT ON COLUMN millrace.managed_schema.schema_name IS 'The schema.';
COMMENT ON COLUMN millrace.managed_schema.analysts_read IS 'Whether millrace_reader reads its tables.';
COMMENT ON COLUMN millrace.managed_schema.sink_writes IS 'Whether millrace_writer writes them.';
COMMENT ON COLUMN millrace.access.relation IS 'The table or view.';
COMMENT ON COLUMN millrace.access.role_name IS 'The role.';
COMMENT ON COLUMN millrace.access.privileges IS 'All it may do; none, if empty.';
