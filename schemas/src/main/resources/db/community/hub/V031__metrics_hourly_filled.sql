-- What is older than the policy looks at. It commits as it goes, and can run again.
CALL ${timescaledb}.refresh_continuous_aggregate(
  'hub.metrics_hourly', NULL, date_trunc('hour', now() - INTERVAL '1 hour'));
