-- What the sink has stored, per partition, written in the same transaction as the rows.
CREATE SCHEMA IF NOT EXISTS millrace;

CREATE TABLE millrace.sink_progress (
  sink           TEXT        NOT NULL,
  topic          TEXT        NOT NULL,
  partition      INTEGER     NOT NULL,
  next_offset    BIGINT      NOT NULL CHECK (next_offset >= 0),
  -- Raised by every writer that takes the partition over; a writer whose epoch is gone cannot commit.
  epoch          BIGINT      NOT NULL DEFAULT 1,
  records_read   BIGINT      NOT NULL DEFAULT 0,
  rows_stored    BIGINT      NOT NULL DEFAULT 0,
  dead_lettered  BIGINT      NOT NULL DEFAULT 0,
  updated_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (sink, topic, partition),
  -- The equation, held by the database: nothing is read and neither stored nor put aside.
  CONSTRAINT sink_progress_balance CHECK (records_read = rows_stored + dead_lettered)
);

COMMENT ON TABLE millrace.sink_progress IS
  'Next offset and counts of every partition, committed with the rows they speak of.';
