-- Correlations bear an id that is the same in every run: computed again, one finds its row there and leaves it alone.
UPDATE millrace.access SET privileges = '{SELECT,INSERT}'
WHERE relation = 'hub.correlations'::regclass AND role_name = 'millrace_writer';

COMMENT ON TABLE hub.correlations IS
  'Pairs of events, or of an event and an incident of insight.anomaly_events, that belong together.';
