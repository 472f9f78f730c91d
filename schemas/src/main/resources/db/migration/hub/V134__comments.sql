COMMENT ON TABLE hub.events IS 'Events of the assets of every tenant.';
COMMENT ON TABLE hub.metrics IS 'Metrics of assets, folded over 1 minute, 5 minutes, an hour and a day.';
COMMENT ON COLUMN hub.metrics.time_bucket IS 'Length of the window: 1, 5 or 60 minutes, or a day.';
COMMENT ON TABLE hub.correlations IS 'Pairs of events that belong together.';
COMMENT ON TABLE hub.asset_metadata IS 'The assets; one row an asset, the latest.';
