-- Camera analytics: what cameras see, frame by frame, and the hours of it.

CREATE TABLE camera.camera_events (
  event_id               BIGSERIAL NOT NULL,
  camera_id              VARCHAR(64) NOT NULL,
  event_type             VARCHAR(32) NOT NULL,
  event_timestamp        TIMESTAMPTZ NOT NULL DEFAULT now(),
  frame_number           BIGINT NOT NULL,
  frame_hash             VARCHAR(64),
  fps_actual             NUMERIC(5,2),
  motion_score           NUMERIC(5,4),
  motion_regions         JSONB,
  objects_detected       JSONB,
  object_count           INTEGER DEFAULT 0,
  max_object_confidence  NUMERIC(5,4),
  scene_hash             VARCHAR(64),
  scene_change_score     NUMERIC(5,4),
  image_quality_score    NUMERIC(5,4),
  bandwidth_usage_bytes  INTEGER,
  dlpu_inference_ms      INTEGER,
  total_processing_ms    INTEGER,
  sent_to_claude         BOOLEAN DEFAULT FALSE,
  claude_analysis_id     BIGINT,
  alert_generated        BOOLEAN DEFAULT FALSE,
  created_at             TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at             TIMESTAMPTZ,
  CONSTRAINT pk_camera_events PRIMARY KEY (event_id, event_timestamp),
  CONSTRAINT chk_event_type
    CHECK (event_type IN ('motion', 'object_detected', 'scene_change', 'manual_trigger')),
  CONSTRAINT chk_motion_score
    CHECK (motion_score IS NULL OR (motion_score >= 0 AND motion_score <= 1)),
  CONSTRAINT chk_scene_change_score
    CHECK (scene_change_score IS NULL OR (scene_change_score >= 0 AND scene_change_score <= 1))
);

CREATE INDEX idx_camera_events_camera_time
  ON camera.camera_events (camera_id, event_timestamp DESC);
CREATE INDEX idx_camera_events_type_time
  ON camera.camera_events (event_type, event_timestamp DESC);
CREATE INDEX idx_camera_events_frame_hash
  ON camera.camera_events (frame_hash) WHERE frame_hash IS NOT NULL;
CREATE INDEX idx_camera_events_scene_hash
  ON camera.camera_events (scene_hash) WHERE scene_hash IS NOT NULL;
CREATE INDEX idx_camera_events_claude_pending
  ON camera.camera_events (event_timestamp DESC) WHERE sent_to_claude = FALSE;
CREATE INDEX idx_camera_events_objects_gin
  ON camera.camera_events USING GIN (objects_detected jsonb_path_ops);
CREATE INDEX idx_camera_events_covering
  ON camera.camera_events (camera_id, event_timestamp DESC)
  INCLUDE (event_type, motion_score, object_count);
-- The seed has this index twice, above 0.5 and above 0.7: the wider one serves both.
CREATE INDEX idx_camera_events_high_motion
  ON camera.camera_events (event_timestamp DESC) INCLUDE (camera_id) WHERE motion_score > 0.5;
CREATE INDEX idx_camera_events_objects_class
  ON camera.camera_events USING GIN ((objects_detected -> 'class'));
CREATE INDEX idx_camera_events_pending_claude
  ON camera.camera_events (event_timestamp) WHERE sent_to_claude = FALSE;

-- Not every server is built with lz4; without it, columns keep the server's default.
DO $$
BEGIN
  ALTER TABLE camera.camera_events
    ALTER COLUMN objects_detected SET COMPRESSION lz4,
    ALTER COLUMN motion_regions SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'camera.camera_events is not compressed with lz4: this server is built without it';
END $$;

-- A view, where the seed has a materialized one that somebody must refresh: never out of date.
CREATE VIEW camera.mv_camera_stats_hourly AS
SELECT
  camera_id,
  date_trunc('hour', event_timestamp) AS hour,
  count(*) AS event_count,
  avg(motion_score) AS avg_motion,
  avg(object_count) AS avg_objects,
  max(object_count) AS max_objects
FROM camera.camera_events
GROUP BY camera_id, date_trunc('hour', event_timestamp);

CREATE TABLE camera.frame_metadata (
  metadata_id            BIGSERIAL NOT NULL,
  camera_id              VARCHAR(64) NOT NULL,
  frame_number           BIGINT NOT NULL,
  frame_timestamp        TIMESTAMPTZ NOT NULL,
  frame_hash             VARCHAR(64) NOT NULL,
  perceptual_hash        VARCHAR(64),
  scene_hash             VARCHAR(64),
  resolution_width       INTEGER NOT NULL,
  resolution_height      INTEGER NOT NULL,
  format                 VARCHAR(16) NOT NULL,
  file_size_bytes        INTEGER,
  compression_quality    INTEGER,
  sharpness_score        NUMERIC(5,4),
  brightness_level       NUMERIC(5,4),
  contrast_level         NUMERIC(5,4),
  noise_level            NUMERIC(5,4),
  overall_quality_score  NUMERIC(5,4),
  storage_location       VARCHAR(16) NOT NULL DEFAULT 'none',
  storage_path           TEXT,
  storage_size_bytes     INTEGER,
  sent_to_claude         BOOLEAN DEFAULT FALSE,
  claude_analysis_count  INTEGER DEFAULT 0,
  last_accessed_at       TIMESTAMPTZ,
  expires_at             TIMESTAMPTZ,
  archived               BOOLEAN DEFAULT FALSE,
  created_at             TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT pk_frame_metadata PRIMARY KEY (metadata_id, frame_timestamp),
  CONSTRAINT uq_frame_metadata_camera_frame UNIQUE (camera_id, frame_number, frame_timestamp),
  CONSTRAINT chk_storage_location CHECK (storage_location IN ('none', 'local', 's3', 'archive'))
);

CREATE INDEX idx_frame_metadata_camera_time
  ON camera.frame_metadata (camera_id, frame_timestamp DESC);
CREATE INDEX idx_frame_metadata_hash ON camera.frame_metadata (frame_hash);
CREATE INDEX idx_frame_metadata_perceptual
  ON camera.frame_metadata (perceptual_hash) WHERE perceptual_hash IS NOT NULL;
CREATE INDEX idx_frame_metadata_scene
  ON camera.frame_metadata (scene_hash) WHERE scene_hash IS NOT NULL;
CREATE INDEX idx_frame_metadata_quality
  ON camera.frame_metadata (overall_quality_score DESC) WHERE overall_quality_score >= 0.7;
CREATE INDEX idx_frame_metadata_storage
  ON camera.frame_metadata (storage_location, created_at DESC) WHERE storage_location != 'none';
