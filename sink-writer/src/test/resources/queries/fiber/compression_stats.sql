-- Mended: a function since TimescaleDB 2, which knows chunks that are not compressed, too.
SELECT
    chunk_name,
    before_compression_total_bytes,
    after_compression_total_bytes,
    ROUND((1 - (after_compression_total_bytes::numeric / before_compression_total_bytes)) * 100, 2) AS compression_ratio
FROM chunk_compression_stats('metrics')
WHERE compression_status = 'Compressed';
