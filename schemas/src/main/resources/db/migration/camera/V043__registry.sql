-- Camera analytics: the cameras themselves, and who did what to the system.

CREATE TABLE camera.cameras (
  camera_id                    VARCHAR(64) PRIMARY KEY,
  camera_name                  VARCHAR(255) NOT NULL,
  ip_address                   INET NOT NULL,
  mac_address                  MACADDR,
  rtsp_url                     TEXT,
  model                        VARCHAR(64),
  firmware_version             VARCHAR(32),
  hardware_id                  VARCHAR(64),
  max_resolution_width         INTEGER,
  max_resolution_height        INTEGER,
  max_fps                      INTEGER,
  has_ptz                      BOOLEAN DEFAULT FALSE,
  has_audio                    BOOLEAN DEFAULT FALSE,
  has_ir                       BOOLEAN DEFAULT FALSE,
  active_resolution_width      INTEGER,
  active_resolution_height     INTEGER,
  active_fps                   INTEGER,
  active_quality               INTEGER,
  metadata_extraction_enabled  BOOLEAN DEFAULT TRUE,
  send_to_claude               BOOLEAN DEFAULT TRUE,
  dlpu_priority                INTEGER DEFAULT 5,
  status                       VARCHAR(16) NOT NULL DEFAULT 'offline',
  last_seen_at                 TIMESTAMPTZ,
  last_event_at                TIMESTAMPTZ,
  location_name                VARCHAR(255),
  location_coordinates         POINT,
  zone                         VARCHAR(64),
  tags                         JSONB,
  notes                        TEXT,
  registered_at                TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at                   TIMESTAMPTZ,
  CONSTRAINT chk_camera_status
    CHECK (status IN ('online', 'offline', 'error', 'maintenance', 'decommissioned'))
);

CREATE INDEX idx_cameras_status ON camera.cameras (status) WHERE status = 'online';
CREATE INDEX idx_cameras_zone ON camera.cameras (zone);
CREATE INDEX idx_cameras_last_seen ON camera.cameras (last_seen_at DESC);

CREATE TRIGGER trigger_cameras_updated_at
  BEFORE UPDATE ON camera.cameras
  FOR EACH ROW
  EXECUTE FUNCTION camera.update_alerts_timestamp();

CREATE TABLE camera.audit_log (
  audit_id             BIGSERIAL NOT NULL,
  event_type           VARCHAR(32) NOT NULL,
  entity_type          VARCHAR(32) NOT NULL,
  entity_id            VARCHAR(64),
  action               VARCHAR(64) NOT NULL,
  action_status        VARCHAR(16) NOT NULL,
  user_id              VARCHAR(64),
  user_email           VARCHAR(255),
  service_name         VARCHAR(64),
  ip_address           INET,
  user_agent           TEXT,
  changes_made         JSONB,
  request_data         JSONB,
  response_data        JSONB,
  session_id           VARCHAR(64),
  correlation_id       VARCHAR(64),
  severity             VARCHAR(16) DEFAULT 'info',
  compliance_relevant  BOOLEAN DEFAULT FALSE,
  data_access_type     VARCHAR(16),
  event_timestamp      TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT pk_audit_log PRIMARY KEY (audit_id, event_timestamp),
  CONSTRAINT chk_action_status
    CHECK (action_status IN ('success', 'failure', 'denied', 'pending')),
  CONSTRAINT chk_severity
    CHECK (severity IN ('debug', 'info', 'warning', 'error', 'critical'))
);

CREATE INDEX idx_audit_log_entity
  ON camera.audit_log (entity_type, entity_id, event_timestamp DESC);
CREATE INDEX idx_audit_log_user
  ON camera.audit_log (user_id, event_timestamp DESC) WHERE user_id IS NOT NULL;
CREATE INDEX idx_audit_log_action ON camera.audit_log (action, event_timestamp DESC);
CREATE INDEX idx_audit_log_failures
  ON camera.audit_log (event_timestamp DESC) WHERE action_status = 'failure';
CREATE INDEX idx_audit_log_compliance
  ON camera.audit_log (event_timestamp DESC) WHERE compliance_relevant = TRUE;
CREATE INDEX idx_audit_log_correlation
  ON camera.audit_log (correlation_id) WHERE correlation_id IS NOT NULL;
CREATE INDEX idx_audit_log_changes_gin
  ON camera.audit_log USING GIN (changes_made jsonb_path_ops);

CREATE FUNCTION camera.prevent_audit_modification() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'Audit logs cannot be modified';
  ELSIF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Audit logs cannot be deleted manually';
  END IF;
  RETURN NULL;
END;
$$;

-- Retention drops whole partitions, which no row trigger sees.
CREATE TRIGGER trigger_audit_immutable
  BEFORE UPDATE OR DELETE ON camera.audit_log
  FOR EACH ROW
  EXECUTE FUNCTION camera.prevent_audit_modification();
