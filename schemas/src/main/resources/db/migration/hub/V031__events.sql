-- Analytics hub: events, what ties them together, and the assets they are of.
-- Keys hold the time and, for events, the tenant: tables can be partitioned by both.

CREATE TABLE hub.events (
  id               UUID NOT NULL DEFAULT gen_random_uuid(),
  timestamp        TIMESTAMPTZ NOT NULL,
  source_module    VARCHAR(50) NOT NULL,
  event_type       VARCHAR(50) NOT NULL,
  correlation_id   UUID,
  parent_event_id  UUID,
  asset_id         VARCHAR(100),
  severity         VARCHAR(20) NOT NULL,
  environment      VARCHAR(50) NOT NULL,
  tenant_id        VARCHAR(100) NOT NULL,
  payload          JSONB NOT NULL,
  metadata         JSONB,
  created_at       TIMESTAMPTZ DEFAULT now(),
  PRIMARY KEY (id, timestamp, tenant_id)
);

CREATE INDEX idx_events_asset_time ON hub.events (asset_id, timestamp DESC);
CREATE INDEX idx_events_type_time ON hub.events (event_type, timestamp DESC);
CREATE INDEX idx_events_tenant_time ON hub.events (tenant_id, timestamp DESC);
CREATE INDEX idx_events_correlation
  ON hub.events (correlation_id) WHERE correlation_id IS NOT NULL;
CREATE INDEX idx_events_severity ON hub.events (severity, timestamp DESC);
CREATE INDEX idx_events_payload_gin ON hub.events USING GIN (payload);

-- Names its events without a foreign key: a correlation may be stored before its events, and
-- events leave by partition.
CREATE TABLE hub.correlations (
  id                UUID NOT NULL DEFAULT gen_random_uuid(),
  timestamp         TIMESTAMPTZ NOT NULL,
  correlation_type  VARCHAR(50) NOT NULL,
  primary_event_id  UUID NOT NULL,
  related_event_id  UUID NOT NULL,
  strength          DOUBLE PRECISION NOT NULL,
  confidence        DOUBLE PRECISION NOT NULL,
  tenant_id         VARCHAR(100) NOT NULL,
  metadata          JSONB,
  created_at        TIMESTAMPTZ DEFAULT now(),
  PRIMARY KEY (id, timestamp)
);

CREATE INDEX idx_corr_primary ON hub.correlations (primary_event_id, timestamp DESC);
CREATE INDEX idx_corr_related ON hub.correlations (related_event_id, timestamp DESC);
CREATE INDEX idx_corr_type ON hub.correlations (correlation_type, timestamp DESC);
CREATE INDEX idx_corr_strength ON hub.correlations (strength DESC);

CREATE TABLE hub.asset_metadata (
  asset_id    VARCHAR(100) PRIMARY KEY,
  asset_name  VARCHAR(255) NOT NULL,
  asset_type  VARCHAR(50) NOT NULL,
  version     VARCHAR(50),
  owner_id    VARCHAR(100),
  team_id     VARCHAR(100),
  tenant_id   VARCHAR(100) NOT NULL,
  tags        JSONB,
  metadata    JSONB,
  created_at  TIMESTAMPTZ NOT NULL,
  updated_at  TIMESTAMPTZ NOT NULL,
  last_seen   TIMESTAMPTZ
);

CREATE INDEX idx_asset_tenant ON hub.asset_metadata (tenant_id);
CREATE INDEX idx_asset_type ON hub.asset_metadata (asset_type);
CREATE INDEX idx_asset_owner ON hub.asset_metadata (owner_id);
