COMMENT ON TABLE audio.traces IS 'Calls. One row a call, written again when it ends.';
COMMENT ON TABLE audio.metrics_agg_5s IS
  'Metrics of a call at a station, before and after processing, folded over 5 seconds.';
COMMENT ON TABLE audio.audio_segments_5s IS 'Where the sound of 5 seconds lies on disk; the index, not the sound.';
COMMENT ON TABLE audio.knob_snapshots_5s IS 'Every knob of a station as it was set in a window of 5 seconds.';
COMMENT ON TABLE audio.knob_events IS 'Changes of knobs, by people or by an optimizer.';
