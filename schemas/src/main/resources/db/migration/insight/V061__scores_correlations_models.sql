-- Health scores, what moves with what, and what models learned from and how well they did.
CREATE TABLE insight.health_scores (
  id                     BIGSERIAL,
  scope_type             VARCHAR(30) NOT NULL,
  device_ip              INET,
  netbox_device_id       INTEGER,
  site_id                INTEGER,
  path_id                VARCHAR(100),
  overall_score          NUMERIC(5,2),
  availability_score     NUMERIC(5,2),
  performance_score      NUMERIC(5,2),
  error_score            NUMERIC(5,2),
  capacity_score         NUMERIC(5,2),
  optical_health         NUMERIC(5,2),
  latency_health         NUMERIC(5,2),
  throughput_health      NUMERIC(5,2),
  trend_1h               NUMERIC(6,2),
  trend_24h              NUMERIC(6,2),
  trend_7d               NUMERIC(6,2),
  active_anomaly_count   INTEGER DEFAULT 0,
  active_warning_count   INTEGER DEFAULT 0,
  active_critical_count  INTEGER DEFAULT 0,
  calculated_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, calculated_at)
);

CREATE INDEX idx_health_device ON insight.health_scores (device_ip, calculated_at DESC);
CREATE INDEX idx_health_site ON insight.health_scores (site_id, calculated_at DESC);
CREATE INDEX idx_health_scope ON insight.health_scores (scope_type, calculated_at DESC);

-- One row a pair of metrics: it is validated again, and given up, under the same row.
CREATE TABLE insight.metric_correlations (
  id                       SERIAL PRIMARY KEY,
  metric_a_name            VARCHAR(50) NOT NULL,
  metric_a_scope_type      VARCHAR(30),
  metric_a_device_ip       INET,
  metric_a_interface       VARCHAR(100),
  metric_b_name            VARCHAR(50) NOT NULL,
  metric_b_scope_type      VARCHAR(30),
  metric_b_device_ip       INET,
  metric_b_interface       VARCHAR(100),
  correlation_coefficient  NUMERIC(6,4),
  correlation_type         VARCHAR(20),
  lag_seconds              INTEGER,
  confidence_score         NUMERIC(5,2),
  sample_count             INTEGER,
  relationship_type        VARCHAR(30),
  description              TEXT,
  discovered_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_validated_at        TIMESTAMPTZ,
  is_active                BOOLEAN DEFAULT TRUE
);

CREATE UNIQUE INDEX metric_correlations_uq
  ON insight.metric_correlations (
    metric_a_name, metric_a_scope_type, metric_a_device_ip, metric_a_interface,
    metric_b_name, metric_b_scope_type, metric_b_device_ip, metric_b_interface)
  NULLS NOT DISTINCT;

CREATE TABLE insight.ml_training_snapshots (
  id               SERIAL,
  model_name       VARCHAR(100) NOT NULL,
  snapshot_type    VARCHAR(30),
  scope_type       VARCHAR(30),
  device_ip        INET,
  site_id          INTEGER,
  feature_vector   JSONB,
  label            JSONB,
  data_start_time  TIMESTAMPTZ,
  data_end_time    TIMESTAMPTZ,
  created_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, created_at)
);

CREATE TABLE insight.ml_model_metrics (
  id                   SERIAL,
  model_name           VARCHAR(100) NOT NULL,
  model_version        VARCHAR(50),
  accuracy             NUMERIC(5,4),
  precision_score      NUMERIC(5,4),
  recall_score         NUMERIC(5,4),
  f1_score             NUMERIC(5,4),
  false_positive_rate  NUMERIC(5,4),
  predictions_made     INTEGER,
  true_positives       INTEGER,
  false_positives      INTEGER,
  evaluated_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, evaluated_at)
);
