-- Tables that are not partitioned keep the seed's key.
ALTER TABLE insight.ml_training_snapshots DROP CONSTRAINT ml_training_snapshots_pkey, ADD PRIMARY KEY (id);
ALTER TABLE insight.ml_model_metrics DROP CONSTRAINT ml_model_metrics_pkey, ADD PRIMARY KEY (id);
