-- Alerts are raised by analyses and by incidents as well. What raises one names it: computed again after a reset, it finds
-- its row there and leaves it to the people who have acknowledged or resolved it. Alerts that others publish may go
-- without, and are never left out.
ALTER TABLE camera.alerts ADD COLUMN alert_key UUID;
CREATE UNIQUE INDEX alerts_uq ON camera.alerts (alert_key);

-- What is there has to be seen to be left alone.
UPDATE millrace.access SET privileges = '{SELECT,INSERT}'
WHERE relation = 'camera.alerts'::regclass AND role_name = 'millrace_writer';
