-- Mended: by the partitions' bounds, not by their names, which differ; and without those of days to come.
SELECT partition
FROM millrace.partition_sizes
WHERE relation = 'camera_events'::regclass
  AND lower_bound >= DATE_TRUNC('day', NOW() - INTERVAL '7 days')
  AND lower_bound <= NOW()
ORDER BY lower_bound DESC LIMIT 7;
