package dev.millrace.bench.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.OptionalLong;

/** What a report says of the server it was measured on. */
public final class ServerFacts {
  private static final String FACTS =
      """
      SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)
          || coalesce((SELECT ', TimescaleDB ' || extversion || ' (' || current_setting('timescaledb.license') || ')'
                       FROM pg_extension WHERE extname = 'timescaledb'), '')
          || ', fsync ' || current_setting('fsync')
          || ', synchronous_commit ' || current_setting('synchronous_commit')
          || ', shared_buffers ' || current_setting('shared_buffers')
          || ', jit ' || current_setting('jit')
      """;

  /** Set at the start of the server; where to find it, and how it writes, tell nothing of speed. */
  private static final String CHANGED =
      """
      SELECT name || ' ' || current_setting(name)
      FROM pg_settings
      WHERE source IN ('command line', 'configuration file', 'database', 'user')
        AND setting IS DISTINCT FROM boot_val
        AND name NOT IN ('port', 'listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit',
                         'shared_buffers', 'jit', 'timescaledb.license', 'timescaledb.telemetry_level')
        AND name !~ '^(lc_|log_|DateStyle|TimeZone|log_timezone|default_text_search|dynamic_shared|data_directory)'
      ORDER BY name
      """;

  private static final String PROCESS_ID =
      "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint";

  private ServerFacts() {}

  /** Version, what decides about speed, and every setting that is not the default, in one line. */
  public static String of(Connection connection) throws SQLException {
    var changed = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery(CHANGED)) {
        while (rows.next()) {
          changed.add(rows.getString(1));
        }
      }
      try (var row = statement.executeQuery(FACTS)) {
        row.next();
        return row.getString(1)
            + "; changed from its defaults: "
            + (changed.isEmpty() ? "nothing else" : String.join(", ", changed));
      }
    }
  }

  /**
   * The process id of the server, for {@link dev.millrace.bench.machine.ProcessCpu}. Only of use
   * where the server runs on this machine; asks for superuser rights.
   */
  public static long processId(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(PROCESS_ID)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The process id of the backend behind this connection. Only of use as {@link #processId} is. */
  public static OptionalLong backendId(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return OptionalLong.of(row.getLong(1));
    }
  }
}
