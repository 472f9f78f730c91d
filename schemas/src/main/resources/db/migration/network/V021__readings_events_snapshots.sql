-- What else pollers bring: optical and interface readings, events, snapshots, and the polls themselves.
CREATE TABLE network.optical_metrics (
  id                  BIGSERIAL,
  device_ip           INET NOT NULL,
  netbox_device_id    INTEGER,
  site_id             INTEGER,
  interface_name      VARCHAR(100) NOT NULL,
  interface_index     INTEGER,
  tx_power            NUMERIC(8,3),
  rx_power            NUMERIC(8,3),
  tx_power_high_warn  NUMERIC(8,3),
  tx_power_low_warn   NUMERIC(8,3),
  rx_power_high_warn  NUMERIC(8,3),
  rx_power_low_warn   NUMERIC(8,3),
  temperature         NUMERIC(6,2),
  voltage             NUMERIC(6,3),
  bias_current        NUMERIC(8,3),
  signal_quality_pct  NUMERIC(5,2),
  recorded_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, recorded_at)
);

CREATE INDEX idx_optical_device_time ON network.optical_metrics (device_ip, recorded_at DESC);
CREATE INDEX idx_optical_interface_time
  ON network.optical_metrics (device_ip, interface_name, recorded_at DESC);
CREATE INDEX idx_optical_site_time ON network.optical_metrics (site_id, recorded_at DESC);
CREATE INDEX idx_optical_netbox_id
  ON network.optical_metrics (netbox_device_id) WHERE netbox_device_id IS NOT NULL;

CREATE TABLE network.interface_metrics (
  id                  BIGSERIAL,
  device_ip           INET NOT NULL,
  netbox_device_id    INTEGER,
  site_id             INTEGER,
  interface_name      VARCHAR(100) NOT NULL,
  interface_index     INTEGER,
  rx_bytes            BIGINT,
  tx_bytes            BIGINT,
  rx_packets          BIGINT,
  tx_packets          BIGINT,
  rx_bps              BIGINT,
  tx_bps              BIGINT,
  rx_pps              INTEGER,
  tx_pps              INTEGER,
  rx_utilization_pct  NUMERIC(5,2),
  tx_utilization_pct  NUMERIC(5,2),
  rx_errors           BIGINT,
  tx_errors           BIGINT,
  rx_discards         BIGINT,
  tx_discards         BIGINT,
  rx_crc_errors       BIGINT,
  collisions          BIGINT,
  error_rate_ppm      NUMERIC(8,2),
  oper_status         INTEGER,
  admin_status        INTEGER,
  speed_mbps          INTEGER,
  duplex              VARCHAR(10),
  recorded_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, recorded_at)
);

CREATE INDEX idx_iface_device_time ON network.interface_metrics (device_ip, recorded_at DESC);
CREATE INDEX idx_iface_site_time ON network.interface_metrics (site_id, recorded_at DESC);

-- The publisher chooses the id, so that an event can name its cause before either is stored. An
-- event published again replaces its row: its duration and its cause are known later than itself.
CREATE TABLE network.network_events (
  id                    BIGSERIAL,
  event_type            VARCHAR(50) NOT NULL,
  event_category        VARCHAR(30),
  severity              VARCHAR(20),
  device_ip             INET,
  netbox_device_id      INTEGER,
  site_id               INTEGER,
  interface_name        VARCHAR(100),
  description           TEXT,
  details               JSONB,
  event_time            TIMESTAMPTZ NOT NULL,
  detected_at           TIMESTAMPTZ NOT NULL DEFAULT now(),
  duration_seconds      INTEGER,
  correlation_group_id  UUID,
  caused_by_event_id    BIGINT,
  source_system         VARCHAR(50),
  source_message        TEXT,
  PRIMARY KEY (id, event_time)
);

CREATE INDEX idx_events_device_time ON network.network_events (device_ip, event_time DESC);
CREATE INDEX idx_events_site_time ON network.network_events (site_id, event_time DESC);
CREATE INDEX idx_events_type_time ON network.network_events (event_type, event_time DESC);
CREATE INDEX idx_events_correlation ON network.network_events (correlation_group_id);

CREATE TABLE network.config_snapshots (
  id                     SERIAL,
  device_ip              INET NOT NULL,
  netbox_device_id       INTEGER,
  config_type            VARCHAR(50) NOT NULL,
  config_hash            VARCHAR(64) NOT NULL,
  config_content         TEXT NOT NULL,
  captured_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  changed_from_previous  BOOLEAN DEFAULT FALSE,
  PRIMARY KEY (id, captured_at)
);

CREATE INDEX idx_config_device_type
  ON network.config_snapshots (device_ip, config_type, captured_at DESC);
CREATE INDEX idx_config_hash ON network.config_snapshots (config_hash);

CREATE TABLE network.interface_snapshots (
  id                      SERIAL,
  device_ip               INET NOT NULL,
  netbox_device_id        INTEGER,
  interface_name          VARCHAR(100) NOT NULL,
  interface_index         INTEGER,
  is_optical              BOOLEAN,
  medium                  VARCHAR(50),
  connector               VARCHAR(50),
  speed                   VARCHAR(50),
  lldp_remote_system      VARCHAR(255),
  lldp_remote_port        VARCHAR(100),
  lldp_remote_mgmt_ip     INET,
  lldp_remote_chassis_id  VARCHAR(100),
  captured_at             TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, captured_at)
);

CREATE INDEX idx_iface_snap_device ON network.interface_snapshots (device_ip, captured_at DESC);

CREATE TABLE network.poll_history (
  id                 BIGSERIAL,
  job_type           VARCHAR(50) NOT NULL,
  device_ip          INET,
  netbox_device_id   INTEGER,
  started_at         TIMESTAMPTZ NOT NULL,
  completed_at       TIMESTAMPTZ,
  duration_ms        INTEGER,
  status             VARCHAR(20) NOT NULL,
  error_message      TEXT,
  records_collected  INTEGER,
  created_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, started_at)
);

CREATE INDEX idx_poll_history_type_time ON network.poll_history (job_type, started_at DESC);
CREATE INDEX idx_poll_history_device ON network.poll_history (device_ip, started_at DESC);
