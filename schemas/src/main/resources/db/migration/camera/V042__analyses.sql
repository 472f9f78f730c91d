-- Camera analytics: what Claude reads in events, and the alerts that come of it.
-- Neither has a foreign key: an analysis or an alert may be stored before its event.

CREATE TABLE camera.claude_analyses (
  analysis_id            BIGSERIAL NOT NULL,
  trigger_event_id       BIGINT NOT NULL,
  camera_id              VARCHAR(64) NOT NULL,
  event_timestamp        TIMESTAMPTZ NOT NULL,
  request_type           VARCHAR(32) NOT NULL,
  prompt_template        VARCHAR(64),
  context_window_events  INTEGER,
  claude_response        JSONB NOT NULL,
  primary_insight        TEXT,
  confidence_score       NUMERIC(5,4),
  objects_identified     TEXT[],
  activities_detected    TEXT[],
  anomalies_flagged      TEXT[],
  scene_description      TEXT,
  risk_assessment        VARCHAR(16),
  pattern_detected       BOOLEAN DEFAULT FALSE,
  pattern_type           VARCHAR(64),
  pattern_confidence     NUMERIC(5,4),
  api_call_duration_ms   INTEGER,
  tokens_used            INTEGER,
  model_version          VARCHAR(32),
  should_alert           BOOLEAN DEFAULT FALSE,
  alert_reason           TEXT,
  alert_severity         INTEGER,
  created_at             TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (analysis_id, event_timestamp),
  CONSTRAINT chk_request_type
    CHECK (request_type IN
      ('scene_description', 'anomaly_detection', 'pattern_analysis', 'real_time_query')),
  CONSTRAINT chk_risk_level
    CHECK (risk_assessment IN ('none', 'low', 'medium', 'high', 'critical'))
);

ALTER TABLE camera.claude_analyses ALTER COLUMN claude_response SET STORAGE EXTERNAL;

CREATE INDEX idx_claude_analyses_event ON camera.claude_analyses (trigger_event_id);
CREATE INDEX idx_claude_analyses_camera_time
  ON camera.claude_analyses (camera_id, event_timestamp DESC);
CREATE INDEX idx_claude_analyses_risk
  ON camera.claude_analyses (risk_assessment) WHERE risk_assessment != 'none';
CREATE INDEX idx_claude_analyses_patterns
  ON camera.claude_analyses (pattern_type) WHERE pattern_detected = TRUE;
CREATE INDEX idx_claude_analyses_alerts
  ON camera.claude_analyses (created_at DESC) WHERE should_alert = TRUE;
CREATE INDEX idx_claude_analyses_response_gin
  ON camera.claude_analyses USING GIN (claude_response jsonb_path_ops);
CREATE INDEX idx_claude_analyses_insight_fts
  ON camera.claude_analyses USING GIN (to_tsvector('english', primary_insight));
CREATE INDEX idx_claude_analyses_description_fts
  ON camera.claude_analyses USING GIN (to_tsvector('english', scene_description));

CREATE TABLE camera.alerts (
  alert_id               BIGSERIAL PRIMARY KEY,
  alert_type             VARCHAR(32) NOT NULL,
  severity               INTEGER NOT NULL,
  priority               INTEGER NOT NULL DEFAULT 3,
  camera_id              VARCHAR(64),
  trigger_event_id       BIGINT,
  claude_analysis_id     BIGINT,
  title                  VARCHAR(255) NOT NULL,
  description            TEXT NOT NULL,
  alert_data             JSONB,
  detected_objects       TEXT[],
  confidence_score       NUMERIC(5,4),
  frame_references       BIGINT[],
  status                 VARCHAR(16) NOT NULL DEFAULT 'new',
  notification_sent      BOOLEAN DEFAULT FALSE,
  notification_channels  TEXT[],
  notification_sent_at   TIMESTAMPTZ,
  acknowledged_by        VARCHAR(64),
  acknowledged_at        TIMESTAMPTZ,
  resolved_by            VARCHAR(64),
  resolved_at            TIMESTAMPTZ,
  resolution_notes       TEXT,
  escalated              BOOLEAN DEFAULT FALSE,
  escalated_at           TIMESTAMPTZ,
  escalation_level       INTEGER,
  created_at             TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at             TIMESTAMPTZ,
  CONSTRAINT chk_severity CHECK (severity BETWEEN 1 AND 5),
  CONSTRAINT chk_priority CHECK (priority BETWEEN 1 AND 5),
  CONSTRAINT chk_status
    CHECK (status IN
      ('new', 'acknowledged', 'investigating', 'resolved', 'false_positive', 'dismissed'))
);

CREATE INDEX idx_alerts_status_severity
  ON camera.alerts (status, severity DESC, created_at DESC);
CREATE INDEX idx_alerts_camera_time ON camera.alerts (camera_id, created_at DESC);
CREATE INDEX idx_alerts_unresolved
  ON camera.alerts (created_at DESC) WHERE status NOT IN ('resolved', 'false_positive', 'dismissed');
CREATE INDEX idx_alerts_high_priority ON camera.alerts (created_at DESC) WHERE severity >= 4;
CREATE INDEX idx_alerts_event
  ON camera.alerts (trigger_event_id) WHERE trigger_event_id IS NOT NULL;
CREATE INDEX idx_alerts_claude
  ON camera.alerts (claude_analysis_id) WHERE claude_analysis_id IS NOT NULL;
CREATE INDEX idx_alerts_data_gin ON camera.alerts USING GIN (alert_data jsonb_path_ops);
CREATE INDEX idx_alerts_camera_recent
  ON camera.alerts (camera_id, created_at DESC) WHERE status != 'resolved';
CREATE INDEX idx_alerts_critical
  ON camera.alerts (created_at DESC) WHERE severity >= 4 AND status = 'new';

CREATE FUNCTION camera.update_alerts_timestamp() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END;
$$;

CREATE TRIGGER trigger_alerts_updated_at
  BEFORE UPDATE ON camera.alerts
  FOR EACH ROW
  EXECUTE FUNCTION camera.update_alerts_timestamp();
