-- Analytics hub: metrics of the assets of many tenants, pre-aggregated.
CREATE SCHEMA IF NOT EXISTS hub;

CREATE TABLE hub.metrics (
  id            UUID NOT NULL DEFAULT gen_random_uuid(),
  timestamp     TIMESTAMPTZ NOT NULL,
  time_bucket   INTERVAL NOT NULL,
  asset_id      VARCHAR(100) NOT NULL,
  metric_type   VARCHAR(100) NOT NULL,
  metric_name   VARCHAR(100) NOT NULL,
  tenant_id     VARCHAR(100) NOT NULL,
  value_count   BIGINT NOT NULL,
  value_sum     DOUBLE PRECISION,
  value_avg     DOUBLE PRECISION,
  value_min     DOUBLE PRECISION,
  value_max     DOUBLE PRECISION,
  value_p50     DOUBLE PRECISION,
  value_p95     DOUBLE PRECISION,
  value_p99     DOUBLE PRECISION,
  value_stddev  DOUBLE PRECISION,
  dimensions    JSONB,
  revision      INTEGER NOT NULL DEFAULT 0,
  created_at    TIMESTAMPTZ DEFAULT now(),
  PRIMARY KEY (id, timestamp)
);

CREATE UNIQUE INDEX metrics_uq
  ON hub.metrics
    (tenant_id, asset_id, metric_type, metric_name, dimensions, time_bucket, timestamp)
  NULLS NOT DISTINCT;
CREATE INDEX idx_metrics_asset_time ON hub.metrics (asset_id, metric_name, timestamp DESC);
CREATE INDEX idx_metrics_tenant_time ON hub.metrics (tenant_id, timestamp DESC);
CREATE INDEX idx_metrics_type ON hub.metrics (metric_type, metric_name, timestamp DESC);
