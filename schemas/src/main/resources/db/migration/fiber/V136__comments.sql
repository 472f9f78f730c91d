COMMENT ON TABLE fiber.nodes IS 'The nodes; one row a node, the latest.';
COMMENT ON TABLE fiber.metrics IS 'What nodes measured.';
COMMENT ON TABLE fiber.windows_1h IS 'Every metric of every node, folded over an hour.';
COMMENT ON TABLE fiber.windows_1d IS 'Every metric of every node, folded over a day.';

COMMENT ON VIEW fiber.aggregates_hourly IS 'The metrics of a node in one hour, side by side.';
COMMENT ON COLUMN fiber.aggregates_hourly.bucket IS 'Begin of the hour.';
COMMENT ON COLUMN fiber.aggregates_hourly.node_id IS 'The node.';
COMMENT ON COLUMN fiber.aggregates_hourly.avg_latency_ms IS 'Mean latency.';
COMMENT ON COLUMN fiber.aggregates_hourly.max_latency_ms IS 'Longest latency.';
COMMENT ON COLUMN fiber.aggregates_hourly.min_latency_ms IS 'Shortest latency.';
COMMENT ON COLUMN fiber.aggregates_hourly.p95_latency_ms IS '95th percentile of the latency.';
COMMENT ON COLUMN fiber.aggregates_hourly.avg_uptime_pct IS 'Mean uptime in percent.';
COMMENT ON COLUMN fiber.aggregates_hourly.avg_packet_loss IS 'Mean packet loss.';
COMMENT ON COLUMN fiber.aggregates_hourly.measurement_count IS 'Measurements: as many as the metric with most values has.';

COMMENT ON VIEW fiber.aggregates_daily IS 'The metrics of a node in one day, side by side.';
COMMENT ON COLUMN fiber.aggregates_daily.bucket IS 'Begin of the day.';
COMMENT ON COLUMN fiber.aggregates_daily.node_id IS 'The node.';
COMMENT ON COLUMN fiber.aggregates_daily.avg_latency_ms IS 'Mean latency.';
COMMENT ON COLUMN fiber.aggregates_daily.max_latency_ms IS 'Longest latency.';
COMMENT ON COLUMN fiber.aggregates_daily.min_latency_ms IS 'Shortest latency.';
COMMENT ON COLUMN fiber.aggregates_daily.p95_latency_ms IS '95th percentile of the latency.';
COMMENT ON COLUMN fiber.aggregates_daily.avg_uptime_pct IS 'Mean uptime in percent.';
COMMENT ON COLUMN fiber.aggregates_daily.avg_packet_loss IS 'Mean packet loss.';
COMMENT ON COLUMN fiber.aggregates_daily.measurement_count IS 'Measurements: as many as the metric with most values has.';
