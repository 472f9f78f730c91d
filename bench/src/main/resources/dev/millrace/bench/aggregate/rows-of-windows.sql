SELECT bucket_ts, count(*) FROM audio.metrics_agg_5s WHERE bucket_ts = ANY (?) GROUP BY bucket_ts
