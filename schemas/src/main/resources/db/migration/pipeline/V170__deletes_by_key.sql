-- A record without a value on a compacted topic deletes the row its key names: the sink may delete there, and nowhere else.
INSERT INTO millrace.access VALUES
  ('network.netbox_device_cache', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}'),
  ('hub.asset_metadata', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}'),
  ('camera.cameras', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}'),
  ('fiber.nodes', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}'),
  ('insight.metric_baselines', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}'),
  ('insight.metric_correlations', 'millrace_writer', '{SELECT,INSERT,UPDATE,DELETE}');
