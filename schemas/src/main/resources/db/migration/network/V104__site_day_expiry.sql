-- The seed keeps daily aggregates for five years; metrics_daily is partitioned, this is a row a site and day.
INSERT INTO millrace.row_expiry (relation, time_columns, retention) VALUES
  ('network.site_daily_summary', '{stat_date}', INTERVAL '5 years');
