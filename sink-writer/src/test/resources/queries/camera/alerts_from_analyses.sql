SELECT
    'anomaly',
    CASE
        WHEN risk_assessment = 'critical' THEN 5
        WHEN risk_assessment = 'high' THEN 4
        WHEN risk_assessment = 'medium' THEN 3
        ELSE 2
    END,
    camera_id,
    trigger_event_id,
    analysis_id,
    'Anomaly Detected: ' || pattern_type,
    primary_insight,
    objects_identified,
    pattern_confidence
FROM claude_analyses
WHERE should_alert = TRUE
AND NOT EXISTS (
    SELECT 1 FROM alerts a WHERE a.claude_analysis_id = claude_analyses.analysis_id
);
