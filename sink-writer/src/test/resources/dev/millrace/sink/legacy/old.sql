-- The tables the seed migrates, with the columns it names; a few rows are bad in a way of their own.
DROP SCHEMA IF EXISTS old CASCADE;
CREATE SCHEMA old;
-- A hypertable runs its owner's triggers.
GRANT USAGE ON SCHEMA old TO PUBLIC;
CREATE TABLE old.optical_power_history (
  id                     SERIAL PRIMARY KEY,
  ip_address             INET,
  interface_name         VARCHAR(255),
  interface_index        INTEGER,
  tx_power               NUMERIC,
  rx_power               DOUBLE PRECISION,
  temperature            REAL,
  measurement_timestamp  TIMESTAMPTZ
);
INSERT INTO old.optical_power_history
  (ip_address, interface_name, interface_index, tx_power, rx_power, temperature, measurement_timestamp)
SELECT
  inet '10.120.0.0' + n % 50, 'port' || n % 48, n,
  -n / 1000.0, CASE WHEN n % 7 > 0 THEN -n / 777.0 END, 20 + n % 30,
  -- One in twenty is past the retention.
  now() - (CASE WHEN n % 20 = 0 THEN 100 ELSE n % 80 END) * interval '1 day' - n * interval '1.000001 seconds'
FROM generate_series(1, 3000) n;
UPDATE old.optical_power_history a
SET (ip_address, interface_name, interface_index, tx_power, rx_power, temperature, measurement_timestamp) = (
  SELECT b.ip_address, b.interface_name, b.interface_index, b.tx_power, b.rx_power, b.temperature, b.measurement_timestamp
  FROM old.optical_power_history b WHERE b.id = a.id - 2)
WHERE id IN (2003, 2007, 2013, 2017, 2025, 2029, 2033, 2037, 2045, 2049);
UPDATE old.optical_power_history SET interface_name = NULL WHERE id = 77;
UPDATE old.optical_power_history SET ip_address = NULL WHERE id = 78;
UPDATE old.optical_power_history SET tx_power = 1000000000 WHERE id = 79;
UPDATE old.optical_power_history SET interface_name = repeat('x', 101), measurement_timestamp = now() WHERE id = 80;
UPDATE old.optical_power_history SET measurement_timestamp = 'infinity' WHERE id = 81;
UPDATE old.optical_power_history SET measurement_timestamp = NULL WHERE id = 82;
-- One more past it, in the place of 80.
UPDATE old.optical_power_history SET measurement_timestamp = now() - interval '100 days' WHERE id = 90;

CREATE TABLE old.ssh_cli_scans (
  id                       BIGSERIAL PRIMARY KEY,
  ip_address               INET,
  interface_name           VARCHAR(100),
  interface_index          INTEGER,
  is_optical               BOOLEAN,
  medium                   VARCHAR(50),
  connector                VARCHAR(50),
  speed                    VARCHAR(50),
  lldp_remote_system_name  VARCHAR(255),
  lldp_remote_port         VARCHAR(100),
  lldp_remote_mgmt_addr    TEXT,
  lldp_remote_chassis_id   VARCHAR(100),
  scan_timestamp           TIMESTAMP
);
INSERT INTO old.ssh_cli_scans
  (ip_address, interface_name, interface_index, is_optical, medium, connector, speed, lldp_remote_system_name,
   lldp_remote_port, lldp_remote_mgmt_addr, lldp_remote_chassis_id, scan_timestamp)
SELECT inet '10.120.0.0' + n % 50, 'port' || n % 48, n, n % 3 = 0, CASE n % 2 WHEN 0 THEN 'fiber' END, 'LC', '10G',
  'core-' || n, 'port' || n, CASE n % 3 WHEN 0 THEN '10.121.0.' || n % 250 WHEN 1 THEN '' END, '00:11:22:33:44:55',
  (now() AT TIME ZONE 'UTC') - n * interval '1 minute'
FROM generate_series(1, 1000) n;
UPDATE old.ssh_cli_scans SET lldp_remote_mgmt_addr = 'no address' WHERE id = 5;
