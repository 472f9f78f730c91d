SELECT
    'healthy' AS status,
    current_database() AS database,
    version() AS version,
    pg_database_size(current_database()) AS size_bytes,
    (SELECT count(*) FROM pg_stat_activity WHERE state = 'active') AS active_queries
WHERE pg_is_in_recovery() = false;
