-- Which records the sink has put aside, written in the transaction that moves on without them. The letters themselves,
-- with their bytes, are in Kafka: this says which of them stand for a record that is really not stored, and what became
-- of it when it was tried again.
CREATE TABLE millrace.dead_letter (
  sink           TEXT        NOT NULL,
  topic          TEXT        NOT NULL,
  partition      INTEGER     NOT NULL,
  record_offset  BIGINT      NOT NULL,
  code           TEXT        NOT NULL,
  reason         TEXT        NOT NULL,
  put_aside_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  tries          INTEGER     NOT NULL DEFAULT 1 CHECK (tries > 0),
  tried_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
  replayed_at    TIMESTAMPTZ,
  PRIMARY KEY (sink, topic, partition, record_offset)
);

COMMENT ON TABLE millrace.dead_letter IS
  'Records the sink has put aside, noted with the progress that skips them, and whether a replay has stored them since.';
COMMENT ON COLUMN millrace.dead_letter.sink IS 'Name of the sink: its consumer group.';
COMMENT ON COLUMN millrace.dead_letter.topic IS 'The topic the record was read from.';
COMMENT ON COLUMN millrace.dead_letter.partition IS 'The partition of the topic.';
COMMENT ON COLUMN millrace.dead_letter.record_offset IS 'The offset of the record.';
COMMENT ON COLUMN millrace.dead_letter.code IS 'Why it was refused the last time.';
COMMENT ON COLUMN millrace.dead_letter.reason IS 'The same in words.';
COMMENT ON COLUMN millrace.dead_letter.put_aside_at IS 'When the sink moved on without it.';
COMMENT ON COLUMN millrace.dead_letter.tries IS 'How often it was tried, by the sink and by replays.';
COMMENT ON COLUMN millrace.dead_letter.tried_at IS 'When it was tried last.';
COMMENT ON COLUMN millrace.dead_letter.replayed_at IS 'When a replay stored it.';

INSERT INTO millrace.access VALUES ('millrace.dead_letter', 'millrace_writer', '{SELECT,INSERT,UPDATE}');

-- Twice as long as Kafka keeps the letters.
INSERT INTO millrace.row_expiry (relation, time_columns, retention) VALUES
  ('millrace.dead_letter', '{put_aside_at}', INTERVAL '60 days');
