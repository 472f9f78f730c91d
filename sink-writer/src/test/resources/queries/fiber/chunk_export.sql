-- Mended: a time, since chunks have other names on each server; to the client, since only a superuser writes on the server.
COPY (
    SELECT * FROM metrics WHERE time >= :lower_bound AND time < :upper_bound
) TO STDOUT CSV HEADER;
