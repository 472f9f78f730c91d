COMMENT ON TABLE network.optical_metrics IS 'Readings of optical transceivers.';
COMMENT ON TABLE network.interface_metrics IS 'Readings of interfaces: counters, and the rates computed from them.';
COMMENT ON TABLE network.path_metrics IS 'Latency, jitter and loss between two addresses.';
COMMENT ON TABLE network.availability_metrics IS 'Whether devices answer, and how they do.';
COMMENT ON TABLE network.network_events IS
  'What happened to devices and links. Published again with its duration or its cause, an event replaces its row.';
COMMENT ON TABLE network.config_snapshots IS 'Configurations as they were captured.';
COMMENT ON TABLE network.interface_snapshots IS 'Interfaces and their neighbours as they were captured.';
COMMENT ON TABLE network.poll_history IS 'Runs of pollers.';
COMMENT ON TABLE network.netbox_device_cache IS 'What NetBox knows of devices; one row a device, the latest.';
COMMENT ON TABLE network.device_credentials IS
  'Where the credentials of devices are kept, and never the credentials. Filled by people; no topic.';
COMMENT ON COLUMN network.device_credentials.device_ip IS 'Address of the device.';
COMMENT ON COLUMN network.device_credentials.netbox_device_id IS 'The device in NetBox.';
COMMENT ON COLUMN network.device_credentials.device_name IS 'Its name, for display.';
COMMENT ON TABLE network.metrics_hourly IS 'Every metric of every device, folded over an hour.';
COMMENT ON TABLE network.metrics_daily IS 'Every metric of every device, folded over a day.';
COMMENT ON TABLE network.site_daily_summary IS 'A site''s day.';
