WITH recent_metrics AS (
    SELECT device_ip, interface_name, rx_power as value, recorded_at
    FROM optical_metrics
    WHERE recorded_at > NOW() - INTERVAL '5 minutes'
)
SELECT
    m.device_ip,
    m.interface_name,
    m.value,
    b.baseline_mean,
    b.baseline_stddev,
    (m.value - b.baseline_mean) / NULLIF(b.baseline_stddev, 0) as sigma_deviation,
    CASE
        WHEN ABS((m.value - b.baseline_mean) / NULLIF(b.baseline_stddev, 0)) > 3 THEN 'critical'
        WHEN ABS((m.value - b.baseline_mean) / NULLIF(b.baseline_stddev, 0)) > 2 THEN 'warning'
        ELSE 'normal'
    END as severity
FROM recent_metrics m
JOIN metric_baselines b ON b.device_ip = m.device_ip
    AND b.interface_name = m.interface_name
    AND b.metric_name = 'rx_power'
    AND b.is_active = TRUE
WHERE ABS((m.value - b.baseline_mean) / NULLIF(b.baseline_stddev, 0)) > 2;
