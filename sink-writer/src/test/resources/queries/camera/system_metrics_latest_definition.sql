SELECT DISTINCT ON (metric_name, component, source_id)
    metric_name,
    component,
    source_id,
    value,
    unit,
    metric_timestamp
FROM system_metrics
ORDER BY metric_name, component, source_id, metric_timestamp DESC;
