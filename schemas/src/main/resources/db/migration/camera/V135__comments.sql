COMMENT ON TABLE camera.cameras IS 'The cameras; one row a camera, the latest.';
COMMENT ON COLUMN camera.cameras.updated_at IS 'When the row last changed; set by a trigger.';
COMMENT ON TABLE camera.camera_events IS
  'What cameras saw. Published again with its analysis or its alert, an event replaces its row.';
COMMENT ON TABLE camera.claude_analyses IS 'What a model read in an event.';
COMMENT ON TABLE camera.alerts IS 'Alerts, and what people did about them.';
COMMENT ON COLUMN camera.alerts.updated_at IS 'When the row last changed; set by a trigger.';
COMMENT ON TABLE camera.frame_metadata IS 'Frames that were taken, and where they are kept.';
COMMENT ON TABLE camera.system_metrics IS 'Metrics of the cameras'' system itself.';
COMMENT ON TABLE camera.system_metrics_rollup_1m IS 'The same, folded over a minute.';
COMMENT ON TABLE camera.audit_log IS 'Who did what. UPDATE and DELETE are refused; retention drops partitions.';

COMMENT ON VIEW camera.v_system_metrics_latest IS
  'The latest value of each metric, component and source. It reads all that is kept: name the metric.';
COMMENT ON COLUMN camera.v_system_metrics_latest.metric_name IS 'Name of the metric.';
COMMENT ON COLUMN camera.v_system_metrics_latest.component IS 'The component.';
COMMENT ON COLUMN camera.v_system_metrics_latest.source_id IS 'What was measured.';
COMMENT ON COLUMN camera.v_system_metrics_latest.value IS 'The value.';
COMMENT ON COLUMN camera.v_system_metrics_latest.unit IS 'Unit of the value.';
COMMENT ON COLUMN camera.v_system_metrics_latest.metric_timestamp IS 'When it was measured.';

COMMENT ON VIEW camera.mv_camera_stats_hourly IS
  'Events of a camera in an hour. It reads the events: a question about a few hours should say so.';
COMMENT ON COLUMN camera.mv_camera_stats_hourly.camera_id IS 'The camera.';
COMMENT ON COLUMN camera.mv_camera_stats_hourly.hour IS 'The hour, in the time zone of the session.';
COMMENT ON COLUMN camera.mv_camera_stats_hourly.event_count IS 'Events in it.';
COMMENT ON COLUMN camera.mv_camera_stats_hourly.avg_motion IS 'Mean of their motion scores.';
COMMENT ON COLUMN camera.mv_camera_stats_hourly.avg_objects IS 'Mean of the objects in them.';
COMMENT ON COLUMN camera.mv_camera_stats_hourly.max_objects IS 'Most objects in one.';
