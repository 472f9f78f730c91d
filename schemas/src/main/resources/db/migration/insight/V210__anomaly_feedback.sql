-- What people found of incidents: the detector is measured by it, and models are trained on it. The same is_false_positive
-- of anomaly_events cannot say: it is false for whatever nobody has looked at, and has no row for what was missed.
CREATE TABLE insight.anomaly_feedback (
  incident_id   UUID PRIMARY KEY,
  verdict       VARCHAR(20) NOT NULL,
  judged_by     VARCHAR(100),
  note          TEXT,
  judged_at     TIMESTAMPTZ NOT NULL,
  source_topic  TEXT,
  series        JSONB,
  metric_name   VARCHAR(100),
  missed_from   TIMESTAMPTZ,
  missed_to     TIMESTAMPTZ
);

CREATE INDEX idx_feedback_judged ON insight.anomaly_feedback (judged_at DESC);

COMMENT ON TABLE insight.anomaly_feedback IS
  'What people found of incidents, and incidents that were missed; one row an incident, the latest.';

-- Feedback that is taken back deletes its row.
INSERT INTO millrace.access VALUES ('insight.anomaly_feedback', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}');
