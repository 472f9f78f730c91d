-- Mended: '...' is written out, and INSERT is left away, since the aggregator keeps the baselines.
SELECT
    'interface',
    device_ip,
    interface_name,
    'rx_power',
    COUNT(*),
    AVG(rx_power),
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY rx_power),
    STDDEV(rx_power),
    MIN(rx_power),
    MAX(rx_power),
    PERCENTILE_CONT(0.05) WITHIN GROUP (ORDER BY rx_power),
    PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY rx_power),
    PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY rx_power)
FROM optical_metrics
WHERE recorded_at > NOW() - INTERVAL '30 days'
GROUP BY device_ip, interface_name;
