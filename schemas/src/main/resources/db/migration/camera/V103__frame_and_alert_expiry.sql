-- A frame says itself when it expires; one that is archived stays until its partition goes. The seed keeps alerts for a year.
INSERT INTO millrace.row_expiry (relation, time_columns, retention, unless) VALUES
  ('camera.frame_metadata', '{expires_at}', INTERVAL '0', 'archived'),
  ('camera.alerts', '{created_at}', INTERVAL '1 year', NULL);

-- Expired frames are looked for every few minutes among those of a week.
CREATE INDEX idx_frame_metadata_expires
  ON camera.frame_metadata (expires_at) WHERE expires_at IS NOT NULL AND archived IS NOT TRUE;
