-- What is known of devices, and the days of metrics and sites.
CREATE TABLE network.netbox_device_cache (
  netbox_device_id  INTEGER PRIMARY KEY,
  device_ip         INET,
  device_name       VARCHAR(255),
  device_type       VARCHAR(255),
  manufacturer      VARCHAR(100),
  site_id           INTEGER,
  site_name         VARCHAR(255),
  role_name         VARCHAR(100),
  tags              TEXT[],
  cached_at         TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX idx_netbox_cache_ip ON network.netbox_device_cache (device_ip);
CREATE INDEX idx_netbox_cache_site ON network.netbox_device_cache (site_id);
CREATE INDEX idx_netbox_cache_role ON network.netbox_device_cache (role_name);

-- Where the credentials of a device are kept; never the credentials. No topic: people fill it in.
CREATE TABLE network.device_credentials (
  id                SERIAL PRIMARY KEY,
  device_ip         INET,
  netbox_device_id  INTEGER,
  device_name       VARCHAR(255),
  secret_ref        TEXT NOT NULL
    CONSTRAINT secret_ref_is_a_reference CHECK (secret_ref ~ '^[a-z][a-z0-9+.-]*://[^[:space:]]+$')
);

COMMENT ON COLUMN network.device_credentials.secret_ref IS
  'Where a secret store keeps it, as a URI: vault://network/core-1, file:///run/secrets/core-1.';

CREATE INDEX idx_device_creds_netbox ON network.device_credentials (netbox_device_id);

-- As metrics_hourly: a path also has a destination, and a value keeps the precision it was folded with.
CREATE TABLE network.metrics_daily (
  id                SERIAL,
  device_ip         INET NOT NULL,
  netbox_device_id  INTEGER,
  site_id           INTEGER,
  interface_name    VARCHAR(100),
  destination_ip    INET,
  metric_name       VARCHAR(50) NOT NULL,
  stat_date         DATE NOT NULL,
  sample_count      INTEGER,
  val_min           NUMERIC,
  val_max           NUMERIC,
  val_avg           NUMERIC,
  val_stddev        NUMERIC,
  val_p50           NUMERIC,
  val_p95           NUMERIC,
  val_p99           NUMERIC,
  uptime_pct        NUMERIC(5,2),
  downtime_seconds  INTEGER,
  anomaly_count     INTEGER DEFAULT 0,
  revision          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, stat_date)
);

CREATE UNIQUE INDEX metrics_daily_uq
  ON network.metrics_daily (device_ip, interface_name, destination_ip, metric_name, stat_date)
  NULLS NOT DISTINCT;
CREATE INDEX idx_daily_device_metric
  ON network.metrics_daily (device_ip, metric_name, stat_date DESC);
CREATE INDEX idx_daily_site_metric ON network.metrics_daily (site_id, metric_name, stat_date DESC);

CREATE TABLE network.site_daily_summary (
  id                    SERIAL,
  site_id               INTEGER NOT NULL,
  site_name             VARCHAR(100),
  stat_date             DATE NOT NULL,
  total_devices         INTEGER,
  devices_up            INTEGER,
  devices_down          INTEGER,
  avg_availability_pct  NUMERIC(5,2),
  avg_latency_ms        NUMERIC(8,3),
  avg_optical_rx_power  NUMERIC(8,3),
  health_score          NUMERIC(5,2),
  anomaly_count         INTEGER,
  event_count           INTEGER,
  critical_event_count  INTEGER,
  PRIMARY KEY (id, stat_date),
  UNIQUE (site_id, stat_date)
);
