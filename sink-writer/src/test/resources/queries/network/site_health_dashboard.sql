SELECT
    nc.site_name,
    COUNT(DISTINCT nc.device_ip) as total_devices,
    AVG(hs.overall_score) as health_score,
    AVG(hs.availability_score) as availability,
    COUNT(ae.id) FILTER (WHERE ae.severity = 'critical' AND ae.resolved_at IS NULL) as critical_issues
FROM netbox_device_cache nc
LEFT JOIN health_scores hs ON hs.device_ip = nc.device_ip
    AND hs.calculated_at > NOW() - INTERVAL '1 hour'
LEFT JOIN anomaly_events ae ON ae.device_ip = nc.device_ip
    AND ae.detected_at > NOW() - INTERVAL '24 hours'
GROUP BY nc.site_name
ORDER BY health_score;
