SELECT
    date_trunc('hour', m.recorded_at) as hour,
    AVG(m.rx_power) as avg_rx,
    b.baseline_mean,
    b.baseline_mean - 2 * b.baseline_stddev as lower_bound,
    b.baseline_mean + 2 * b.baseline_stddev as upper_bound
FROM optical_metrics m
JOIN metric_baselines b ON b.device_ip = m.device_ip
    AND b.interface_name = m.interface_name
    AND b.metric_name = 'rx_power'
WHERE m.device_ip = '10.120.0.1'
  AND m.interface_name = 'port1'
  AND m.recorded_at > NOW() - INTERVAL '7 days'
GROUP BY 1, b.baseline_mean, b.baseline_stddev
ORDER BY 1;
