CREATE TABLE shop.lines (id INT);
SELECT pg_terminate_backend(pg_backend_pid());
