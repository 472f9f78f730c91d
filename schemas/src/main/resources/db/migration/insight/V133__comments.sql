COMMENT ON TABLE insight.metric_baselines IS
  'What is normal for a metric of a scope, by season slot; one row a baseline, the latest.';
COMMENT ON TABLE insight.anomaly_events IS
  'Incidents: a metric that deviates from its baseline. One row an incident, written again until it is closed.';
COMMENT ON COLUMN insight.anomaly_events.baseline_id IS
  'For whoever fills it; the pipeline names the baseline by baseline_key.';
COMMENT ON COLUMN insight.anomaly_events.acknowledged_at IS 'When somebody took note. People fill it in.';
COMMENT ON COLUMN insight.anomaly_events.acknowledged_by IS 'Who did.';
COMMENT ON COLUMN insight.anomaly_events.resolution_notes IS 'What was done. People fill it in.';
COMMENT ON COLUMN insight.anomaly_events.is_false_positive IS 'Whether people found that nothing was wrong.';
COMMENT ON COLUMN insight.anomaly_events.root_cause_event_id IS
  'The network event behind it, where people found one.';
COMMENT ON TABLE insight.health_scores IS 'Health of devices, sites, paths and the network, 0 to 100.';
COMMENT ON TABLE insight.metric_correlations IS
  'Metrics that move together. One row a pair, written again when it is validated or given up.';
COMMENT ON TABLE insight.ml_training_snapshots IS 'What models were trained on.';
COMMENT ON TABLE insight.ml_model_metrics IS 'How well models did.';
