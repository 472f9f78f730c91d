-- What is older than the policies look at. It commits as it goes, and can run again.
CALL ${timescaledb}.refresh_continuous_aggregate(
  'fiber.aggregates_hourly', NULL, date_trunc('hour', now() - INTERVAL '1 hour'));
CALL ${timescaledb}.refresh_continuous_aggregate(
  'fiber.aggregates_daily', NULL, date_trunc('day', now() - INTERVAL '1 day', 'UTC'));
