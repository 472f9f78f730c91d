-- Hours and days of the measurements as the aggregator publishes them, a row a metric; the seed's aggregates, one row
-- for all metrics of a node, are read from them. No retention, as in the seed.
DROP TABLE fiber.aggregates_hourly, fiber.aggregates_daily;

CREATE TABLE fiber.windows_1h (
  node_id       UUID NOT NULL,
  bucket        TIMESTAMPTZ NOT NULL,
  metric_name   TEXT NOT NULL,
  value_count   BIGINT NOT NULL,
  value_min     DOUBLE PRECISION,
  value_max     DOUBLE PRECISION,
  value_avg     DOUBLE PRECISION,
  value_sum     DOUBLE PRECISION,
  value_stddev  DOUBLE PRECISION,
  value_p50     DOUBLE PRECISION,
  value_p95     DOUBLE PRECISION,
  value_p99     DOUBLE PRECISION,
  revision      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (node_id, bucket, metric_name)
);
CREATE INDEX idx_windows_1h_bucket ON fiber.windows_1h (bucket DESC);

CREATE TABLE fiber.windows_1d (LIKE fiber.windows_1h INCLUDING DEFAULTS, PRIMARY KEY (node_id, bucket, metric_name));
CREATE INDEX idx_windows_1d_bucket ON fiber.windows_1d (bucket DESC);

CREATE VIEW fiber.aggregates_hourly AS
SELECT
  bucket,
  node_id,
  max(value_avg) FILTER (WHERE metric_name = 'latency_ms') AS avg_latency_ms,
  max(value_max) FILTER (WHERE metric_name = 'latency_ms') AS max_latency_ms,
  max(value_min) FILTER (WHERE metric_name = 'latency_ms') AS min_latency_ms,
  max(value_p95) FILTER (WHERE metric_name = 'latency_ms') AS p95_latency_ms,
  max(value_avg) FILTER (WHERE metric_name = 'uptime_pct') AS avg_uptime_pct,
  max(value_avg) FILTER (WHERE metric_name = 'packet_loss') AS avg_packet_loss,
  -- Of measurements that lack some of the metrics, as many as the fullest metric has.
  max(value_count) AS measurement_count
FROM fiber.windows_1h
GROUP BY bucket, node_id;

CREATE VIEW fiber.aggregates_daily AS
SELECT
  bucket,
  node_id,
  max(value_avg) FILTER (WHERE metric_name = 'latency_ms') AS avg_latency_ms,
  max(value_max) FILTER (WHERE metric_name = 'latency_ms') AS max_latency_ms,
  max(value_min) FILTER (WHERE metric_name = 'latency_ms') AS min_latency_ms,
  max(value_p95) FILTER (WHERE metric_name = 'latency_ms') AS p95_latency_ms,
  max(value_avg) FILTER (WHERE metric_name = 'uptime_pct') AS avg_uptime_pct,
  max(value_avg) FILTER (WHERE metric_name = 'packet_loss') AS avg_packet_loss,
  max(value_count) AS measurement_count
FROM fiber.windows_1d
GROUP BY bucket, node_id;
