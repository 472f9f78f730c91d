-- Tables that are not partitioned keep the seed's key.
ALTER TABLE network.config_snapshots DROP CONSTRAINT config_snapshots_pkey, ADD PRIMARY KEY (id);
ALTER TABLE network.interface_snapshots DROP CONSTRAINT interface_snapshots_pkey, ADD PRIMARY KEY (id);
ALTER TABLE network.poll_history DROP CONSTRAINT poll_history_pkey, ADD PRIMARY KEY (id);
ALTER TABLE network.site_daily_summary DROP CONSTRAINT site_daily_summary_pkey, ADD PRIMARY KEY (id);
