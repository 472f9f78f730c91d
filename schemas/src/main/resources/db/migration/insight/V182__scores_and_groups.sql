-- How rare an incident is in its series, which series that is, and where its group probably comes from.
ALTER TABLE insight.anomaly_events
  ADD COLUMN series_key        UUID,
  ADD COLUMN anomaly_score     DOUBLE PRECISION,
  ADD COLUMN root_incident_id  UUID;

COMMENT ON COLUMN insight.anomaly_events.series_key IS 'Identity of the series.';
COMMENT ON COLUMN insight.anomaly_events.anomaly_score IS
  'How rare it is in its series, 0 to 1; null where the series is too young to say.';
COMMENT ON COLUMN insight.anomaly_events.root_incident_id IS
  'The incident of its group that the others probably come from.';

-- The pipeline writes resolved_at when an incident closes. Where people have resolved one that is open, theirs stays.
CREATE FUNCTION insight.keep_resolution() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.resolved_at := OLD.resolved_at;
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION insight.keep_resolution() IS 'Keeps what people have resolved when the pipeline updates the row.';

CREATE TRIGGER keep_resolution
  BEFORE UPDATE ON insight.anomaly_events
  FOR EACH ROW
  WHEN (NEW.revision > OLD.revision AND OLD.resolved_at IS NOT NULL AND OLD.status <> 'closed')
  EXECUTE FUNCTION insight.keep_resolution();
