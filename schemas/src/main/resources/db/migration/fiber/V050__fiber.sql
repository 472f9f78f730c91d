-- Fiber network: its nodes, what they measure, and hours and days of it.
CREATE SCHEMA IF NOT EXISTS fiber;

CREATE TABLE fiber.nodes (
  node_id       UUID PRIMARY KEY,
  node_name     TEXT NOT NULL,
  region        TEXT,
  created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_seen_at  TIMESTAMPTZ
);

-- Names its node without a foreign key: a measurement is stored even where its node comes later.
CREATE TABLE fiber.metrics (
  time         TIMESTAMPTZ NOT NULL,
  node_id      UUID NOT NULL,
  latency_ms   DOUBLE PRECISION,
  uptime_pct   DOUBLE PRECISION,
  packet_loss  DOUBLE PRECISION
);

CREATE INDEX idx_metrics_time ON fiber.metrics (time DESC);
CREATE INDEX idx_metrics_node_id ON fiber.metrics (node_id, time DESC);

-- Continuous aggregates in the seed, which not every edition has; here tables of the same columns,
-- for windows. Late measurements count: they raise the revision.
CREATE TABLE fiber.aggregates_hourly (
  bucket             TIMESTAMPTZ NOT NULL,
  node_id            UUID NOT NULL,
  avg_latency_ms     DOUBLE PRECISION,
  max_latency_ms     DOUBLE PRECISION,
  min_latency_ms     DOUBLE PRECISION,
  p95_latency_ms     DOUBLE PRECISION,
  avg_uptime_pct     DOUBLE PRECISION,
  avg_packet_loss    DOUBLE PRECISION,
  measurement_count  BIGINT NOT NULL,
  revision           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (node_id, bucket)
);

CREATE TABLE fiber.aggregates_daily (
  bucket             TIMESTAMPTZ NOT NULL,
  node_id            UUID NOT NULL,
  avg_latency_ms     DOUBLE PRECISION,
  max_latency_ms     DOUBLE PRECISION,
  min_latency_ms     DOUBLE PRECISION,
  p95_latency_ms     DOUBLE PRECISION,
  avg_uptime_pct     DOUBLE PRECISION,
  avg_packet_loss    DOUBLE PRECISION,
  measurement_count  BIGINT NOT NULL,
  revision           INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (node_id, bucket)
);
