-- The seed has the index and says what for: full-text search on insights.
SELECT analysis_id, camera_id, primary_insight
FROM claude_analyses
WHERE to_tsvector('english', primary_insight) @@ plainto_tsquery('english', :words)
ORDER BY analysis_id;
