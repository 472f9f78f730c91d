-- What is computed for every domain: baselines and anomalies. The seed made these for network devices;
-- here they serve any series, so device_ip may be null and `series` holds the dimensions.
-- Values keep the precision they were folded with: a byte counter does not fit NUMERIC(12,4).
CREATE SCHEMA IF NOT EXISTS insight;

CREATE TABLE insight.metric_baselines (
  id                   SERIAL PRIMARY KEY,
  baseline_key         UUID NOT NULL,
  source_topic         TEXT NOT NULL,
  scope_type           VARCHAR(30) NOT NULL,
  series               JSONB NOT NULL,
  device_ip            INET,
  netbox_device_id     INTEGER,
  site_id              INTEGER,
  interface_name       VARCHAR(100),
  device_role          VARCHAR(50),
  metric_name          VARCHAR(100) NOT NULL,
  metric_unit          VARCHAR(20),
  time_period          VARCHAR(20) NOT NULL,
  hour_of_day          INTEGER CHECK (hour_of_day BETWEEN 0 AND 23),
  day_of_week          INTEGER CHECK (day_of_week BETWEEN 0 AND 6),
  sample_count         INTEGER NOT NULL,
  baseline_mean        NUMERIC,
  baseline_median      NUMERIC,
  baseline_stddev      NUMERIC,
  baseline_min         NUMERIC,
  baseline_max         NUMERIC,
  baseline_p5          NUMERIC,
  baseline_p95         NUMERIC,
  baseline_p99         NUMERIC,
  warn_threshold_low   NUMERIC,
  warn_threshold_high  NUMERIC,
  crit_threshold_low   NUMERIC,
  crit_threshold_high  NUMERIC,
  baseline_start_date  DATE NOT NULL,
  baseline_end_date    DATE NOT NULL,
  calculated_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
  is_active            BOOLEAN DEFAULT TRUE,
  confidence_score     NUMERIC(5,2),
  UNIQUE (baseline_key)
);

CREATE INDEX idx_baseline_device
  ON insight.metric_baselines (device_ip, metric_name) WHERE device_ip IS NOT NULL;
CREATE INDEX idx_baseline_site
  ON insight.metric_baselines (site_id, metric_name) WHERE site_id IS NOT NULL;
CREATE INDEX idx_baseline_scope ON insight.metric_baselines (scope_type, metric_name);
CREATE INDEX idx_baseline_series ON insight.metric_baselines USING GIN (series jsonb_path_ops);

-- One row an incident. The pipeline writes its own columns; people write acknowledged_*, resolution_notes,
-- is_false_positive and root_cause_event_id, which the pipeline leaves alone.
CREATE TABLE insight.anomaly_events (
  id                    BIGSERIAL,
  incident_id           UUID NOT NULL,
  status                VARCHAR(20) NOT NULL,
  revision              INTEGER NOT NULL DEFAULT 0,
  source_topic          TEXT NOT NULL,
  scope_type            VARCHAR(30) NOT NULL,
  series                JSONB NOT NULL,
  device_ip             INET,
  netbox_device_id      INTEGER,
  site_id               INTEGER,
  interface_name        VARCHAR(100),
  device_role           VARCHAR(50),
  metric_name           VARCHAR(100) NOT NULL,
  metric_unit           VARCHAR(20),
  metric_value          NUMERIC NOT NULL,
  expected              NUMERIC,
  lower_bound           NUMERIC,
  upper_bound           NUMERIC,
  baseline_id           INTEGER REFERENCES insight.metric_baselines (id),
  baseline_key          UUID,
  baseline_mean         NUMERIC,
  baseline_stddev       NUMERIC,
  time_period           VARCHAR(20),
  hour_of_day           INTEGER,
  day_of_week           INTEGER,
  samples_seen          BIGINT,
  deviation_sigma       NUMERIC,
  deviation_pct         NUMERIC,
  severity              VARCHAR(20) NOT NULL,
  anomaly_type          VARCHAR(30),
  description           TEXT,
  window_ms             BIGINT,
  anomalous_windows     INTEGER,
  detected_at           TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at            TIMESTAMPTZ,
  acknowledged_at       TIMESTAMPTZ,
  acknowledged_by       VARCHAR(100),
  resolved_at           TIMESTAMPTZ,
  resolution_notes      TEXT,
  is_false_positive     BOOLEAN DEFAULT FALSE,
  correlation_group_id  UUID,
  root_cause_event_id   BIGINT,
  PRIMARY KEY (id, detected_at)
);

CREATE UNIQUE INDEX anomaly_events_uq ON insight.anomaly_events (incident_id, detected_at);
CREATE INDEX idx_anomaly_device_time ON insight.anomaly_events (device_ip, detected_at DESC);
CREATE INDEX idx_anomaly_site_time ON insight.anomaly_events (site_id, detected_at DESC);
CREATE INDEX idx_anomaly_severity
  ON insight.anomaly_events (severity, detected_at DESC) WHERE resolved_at IS NULL;
CREATE INDEX idx_anomaly_correlation
  ON insight.anomaly_events (correlation_group_id) WHERE correlation_group_id IS NOT NULL;
CREATE INDEX idx_anomaly_metric_time ON insight.anomaly_events (metric_name, detected_at DESC);
