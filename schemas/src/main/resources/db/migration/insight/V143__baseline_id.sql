-- Topics have no order among each other, so that the pipeline never fills baseline_id (baseline_key says the same). The
-- foreign key would check every row for nothing, and two COPYs that make chunks of a hypertable with a foreign key can
-- deadlock.
ALTER TABLE insight.anomaly_events DROP CONSTRAINT anomaly_events_baseline_id_fkey;
