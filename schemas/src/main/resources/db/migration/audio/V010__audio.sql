-- Call audio, 72 hours: traces, 5-second metrics, segment index, knobs.
CREATE SCHEMA IF NOT EXISTS audio;

CREATE TYPE audio.tap_type AS ENUM ('PRE', 'POST');
CREATE TYPE audio.direction_type AS ENUM ('RX', 'TX');
CREATE TYPE audio.station_layer_type AS ENUM ('core', 'monitoring', 'gateways', 'other');

CREATE TABLE audio.traces (
  trace_id       TEXT PRIMARY KEY,
  started_at     TIMESTAMPTZ NOT NULL,
  ended_at       TIMESTAMPTZ,
  src_extension  TEXT,
  dst_extension  TEXT,
  call_id        TEXT,
  notes          TEXT
);

CREATE INDEX traces_started_at_idx ON audio.traces (started_at);

-- The tables below name a trace without a foreign key: topics arrive in no order among each other,
-- and a metric is kept even where its trace comes later.

CREATE TABLE audio.metrics_agg_5s (
  id             BIGSERIAL,
  trace_id       TEXT NOT NULL,
  station_key    TEXT NOT NULL,
  station_group  TEXT,
  layer          audio.station_layer_type,
  direction      audio.direction_type,
  tap            audio.tap_type NOT NULL,
  metric_key     TEXT NOT NULL,
  bucket_ts      TIMESTAMPTZ NOT NULL,
  bucket_ms      INTEGER NOT NULL DEFAULT 5000 CHECK (bucket_ms = 5000),
  count          INTEGER NOT NULL,
  min            DOUBLE PRECISION,
  max            DOUBLE PRECISION,
  sum            DOUBLE PRECISION,
  avg            DOUBLE PRECISION,
  last           DOUBLE PRECISION,
  revision       INTEGER NOT NULL DEFAULT 0,
  created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, bucket_ts)
);

CREATE UNIQUE INDEX metrics_agg_5s_uq
  ON audio.metrics_agg_5s (trace_id, station_key, tap, metric_key, bucket_ts);
CREATE INDEX metrics_agg_5s_trace_bucket_idx ON audio.metrics_agg_5s (trace_id, bucket_ts);
CREATE INDEX metrics_agg_5s_station_metric_idx
  ON audio.metrics_agg_5s (station_key, metric_key, bucket_ts);

CREATE TABLE audio.audio_segments_5s (
  id              BIGSERIAL,
  trace_id        TEXT NOT NULL,
  station_key     TEXT NOT NULL,
  station_group   TEXT,
  layer           audio.station_layer_type,
  direction       audio.direction_type,
  tap             audio.tap_type NOT NULL,
  bucket_ts       TIMESTAMPTZ NOT NULL,
  bucket_ms       INTEGER NOT NULL DEFAULT 5000 CHECK (bucket_ms = 5000),
  sample_rate_hz  INTEGER NOT NULL DEFAULT 16000,
  channels        INTEGER NOT NULL DEFAULT 1 CHECK (channels = 1),
  format          TEXT NOT NULL DEFAULT 'WAV_PCM_S16LE_MONO',
  file_path       TEXT NOT NULL,
  file_bytes      BIGINT,
  sha256_hex      TEXT,
  created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, bucket_ts)
);

CREATE UNIQUE INDEX audio_segments_5s_uq
  ON audio.audio_segments_5s (trace_id, station_key, tap, bucket_ts);
CREATE INDEX audio_segments_5s_trace_bucket_idx ON audio.audio_segments_5s (trace_id, bucket_ts);
CREATE INDEX audio_segments_5s_station_tap_idx
  ON audio.audio_segments_5s (station_key, tap, bucket_ts);

CREATE TABLE audio.knob_snapshots_5s (
  id           BIGSERIAL,
  trace_id     TEXT NOT NULL,
  station_key  TEXT NOT NULL,
  bucket_ts    TIMESTAMPTZ NOT NULL,
  bucket_ms    INTEGER NOT NULL DEFAULT 5000 CHECK (bucket_ms = 5000),
  knobs_json   JSONB NOT NULL,
  created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, bucket_ts)
);

CREATE UNIQUE INDEX knob_snapshots_5s_uq
  ON audio.knob_snapshots_5s (trace_id, station_key, bucket_ts);
CREATE INDEX knob_snapshots_5s_trace_bucket_idx ON audio.knob_snapshots_5s (trace_id, bucket_ts);

CREATE TABLE audio.knob_events (
  id           BIGSERIAL,
  trace_id     TEXT,
  station_key  TEXT NOT NULL,
  knob_key     TEXT NOT NULL,
  old_value    TEXT,
  new_value    TEXT NOT NULL,
  source       TEXT NOT NULL,
  reason       TEXT,
  occurred_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, occurred_at)
);

CREATE INDEX knob_events_station_time_idx ON audio.knob_events (station_key, occurred_at);
CREATE INDEX knob_events_trace_time_idx ON audio.knob_events (trace_id, occurred_at);
