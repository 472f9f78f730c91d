-- Network intelligence: availability and path readings, and their hours.
CREATE SCHEMA IF NOT EXISTS network;

CREATE TABLE network.availability_metrics (
  id                         BIGSERIAL,
  device_ip                  INET NOT NULL,
  netbox_device_id           INTEGER,
  site_id                    INTEGER,
  device_role                VARCHAR(50),
  ping_status                VARCHAR(20),
  snmp_status                VARCHAR(20),
  ssh_status                 VARCHAR(20),
  https_status               VARCHAR(20),
  ping_latency_ms            NUMERIC(8,3),
  snmp_response_ms           NUMERIC(8,3),
  ssh_response_ms            NUMERIC(8,3),
  cpu_utilization_pct        NUMERIC(5,2),
  memory_utilization_pct     NUMERIC(5,2),
  uptime_seconds             BIGINT,
  temperature_celsius        NUMERIC(6,2),
  poe_power_watts            NUMERIC(8,2),
  poe_power_available_watts  NUMERIC(8,2),
  recorded_at                TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, recorded_at)
);

CREATE INDEX idx_avail_device_time ON network.availability_metrics (device_ip, recorded_at DESC);
CREATE INDEX idx_avail_site_time ON network.availability_metrics (site_id, recorded_at DESC);
CREATE INDEX idx_avail_role_time ON network.availability_metrics (device_role, recorded_at DESC);

CREATE TABLE network.path_metrics (
  id                     BIGSERIAL,
  source_ip              INET NOT NULL,
  destination_ip         INET NOT NULL,
  source_device_id       INTEGER,
  destination_device_id  INTEGER,
  source_site_id         INTEGER,
  destination_site_id    INTEGER,
  latency_ms             NUMERIC(10,3),
  latency_min_ms         NUMERIC(10,3),
  latency_max_ms         NUMERIC(10,3),
  latency_stddev_ms      NUMERIC(10,3),
  jitter_ms              NUMERIC(10,3),
  packets_sent           INTEGER,
  packets_received       INTEGER,
  packet_loss_pct        NUMERIC(5,2),
  hop_count              INTEGER,
  test_type              VARCHAR(20),
  test_duration_ms       INTEGER,
  recorded_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, recorded_at)
);

CREATE INDEX idx_path_source_time ON network.path_metrics (source_ip, recorded_at DESC);
CREATE INDEX idx_path_dest_time ON network.path_metrics (destination_ip, recorded_at DESC);
CREATE INDEX idx_path_sites
  ON network.path_metrics (source_site_id, destination_site_id, recorded_at DESC);

-- The seed has one row a device, interface and metric; a path also has a destination. A value keeps
-- the precision it was folded with: byte counters do not fit NUMERIC(12,4).
CREATE TABLE network.metrics_hourly (
  id                BIGSERIAL,
  device_ip         INET NOT NULL,
  netbox_device_id  INTEGER,
  site_id           INTEGER,
  interface_name    VARCHAR(100),
  destination_ip    INET,
  metric_name       VARCHAR(50) NOT NULL,
  stat_hour         TIMESTAMPTZ NOT NULL,
  sample_count      INTEGER,
  val_min           NUMERIC,
  val_max           NUMERIC,
  val_avg           NUMERIC,
  val_sum           NUMERIC,
  val_stddev        NUMERIC,
  val_p50           NUMERIC,
  val_p95           NUMERIC,
  val_p99           NUMERIC,
  revision          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, stat_hour)
);

CREATE UNIQUE INDEX metrics_hourly_uq
  ON network.metrics_hourly (device_ip, interface_name, destination_ip, metric_name, stat_hour)
  NULLS NOT DISTINCT;
CREATE INDEX idx_hourly_device_metric
  ON network.metrics_hourly (device_ip, metric_name, stat_hour DESC);
CREATE INDEX idx_hourly_site_metric
  ON network.metrics_hourly (site_id, metric_name, stat_hour DESC);
