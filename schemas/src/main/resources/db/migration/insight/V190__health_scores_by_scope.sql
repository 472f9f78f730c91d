-- One row a scope and moment: a score is published again where a late window or reading changes it, and after a reset.
-- Rows were only added so far; where one was added twice, the later one counts.
DELETE FROM insight.health_scores older
USING insight.health_scores newer
WHERE older.calculated_at = newer.calculated_at
  AND older.scope_type = newer.scope_type
  AND older.device_ip IS NOT DISTINCT FROM newer.device_ip
  AND older.site_id IS NOT DISTINCT FROM newer.site_id
  AND older.path_id IS NOT DISTINCT FROM newer.path_id
  AND older.id < newer.id;

CREATE UNIQUE INDEX health_scores_uq
  ON insight.health_scores (scope_type, device_ip, site_id, path_id, calculated_at)
  NULLS NOT DISTINCT;

-- The sink replaces rows from now on, as it may by default.
DELETE FROM millrace.access WHERE relation = 'insight.health_scores'::regclass AND role_name = 'millrace_writer';
