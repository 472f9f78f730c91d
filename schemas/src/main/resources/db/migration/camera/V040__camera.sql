-- Camera analytics: system metrics and their minutes.
CREATE SCHEMA IF NOT EXISTS camera;

CREATE TABLE camera.system_metrics (
  metric_id         BIGSERIAL NOT NULL,
  metric_name       VARCHAR(64) NOT NULL,
  metric_type       VARCHAR(16) NOT NULL,
  component         VARCHAR(32) NOT NULL,
  source_id         VARCHAR(64),
  value             NUMERIC(15,6) NOT NULL,
  unit              VARCHAR(16),
  tags              JSONB,
  metric_timestamp  TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT pk_system_metrics PRIMARY KEY (metric_id, metric_timestamp),
  CONSTRAINT chk_metric_type CHECK (metric_type IN ('counter', 'gauge', 'histogram', 'rate'))
);

CREATE INDEX idx_system_metrics_name_time
  ON camera.system_metrics (metric_name, metric_timestamp DESC);
CREATE INDEX idx_system_metrics_component_time
  ON camera.system_metrics (component, metric_timestamp DESC);
CREATE INDEX idx_system_metrics_source_time
  ON camera.system_metrics (source_id, metric_timestamp DESC) WHERE source_id IS NOT NULL;
CREATE INDEX idx_system_metrics_tags_gin
  ON camera.system_metrics USING GIN (tags jsonb_path_ops);

CREATE VIEW camera.v_system_metrics_latest AS
SELECT DISTINCT ON (metric_name, component, source_id)
  metric_name, component, source_id, value, unit, metric_timestamp
FROM camera.system_metrics
ORDER BY metric_name, component, source_id, metric_timestamp DESC;

-- The seed's primary key holds an expression, which PostgreSQL refuses; NULLS NOT DISTINCT means
-- the same. The sum of a minute of large values outgrows NUMERIC(15,6).
CREATE TABLE camera.system_metrics_rollup_1m (
  metric_name       VARCHAR(64) NOT NULL,
  component         VARCHAR(32) NOT NULL,
  source_id         VARCHAR(64),
  rollup_timestamp  TIMESTAMPTZ NOT NULL,
  value_min         NUMERIC(15,6),
  value_max         NUMERIC(15,6),
  value_avg         NUMERIC(15,6),
  value_sum         NUMERIC,
  value_count       BIGINT,
  value_p50         NUMERIC(15,6),
  value_p95         NUMERIC(15,6),
  value_p99         NUMERIC(15,6),
  revision          INTEGER NOT NULL DEFAULT 0,
  UNIQUE NULLS NOT DISTINCT (metric_name, component, source_id, rollup_timestamp)
);

CREATE INDEX idx_system_metrics_rollup_time
  ON camera.system_metrics_rollup_1m (rollup_timestamp DESC);
CREATE INDEX idx_system_metrics_rollup_component
  ON camera.system_metrics_rollup_1m (component, rollup_timestamp DESC);
