package dev.millrace.sink.queries;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.Migrated;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated database and an analyst of it: a login user that is a member of {@code
 * millrace_reader} and of nothing else. One thread.
 */
final class QueriedDatabase {
  private final PGSimpleDataSource superuser;
  private final String name;
  private final boolean timescale;
  private final Set<String> asked = new TreeSet<>();

  QueriedDatabase(DatabaseFixture fixture, boolean timescale) throws SQLException {
    this.timescale = timescale;
    superuser = new PGSimpleDataSource();
    superuser.setUrl(Migrated.url(fixture));
    // Text goes into columns of any type: inet, jsonb, enums.
    superuser.setStringType("unspecified");
    superuser.setReWriteBatchedInserts(true);
    try (var connection = owner();
        var statement = connection.createStatement()) {
      name = connection.getCatalog();
      statement.execute("CREATE EXTENSION pg_stat_statements");
      statement.execute(
          "CREATE ROLE %s LOGIN IN ROLE millrace_reader".formatted(quoted(connection, analyst())));
    }
  }

  boolean timescale() {
    return timescale;
  }

  String name() {
    return name;
  }

  /** Roles are shared by all databases of a server. */
  String analyst() {
    return "analyst_of_" + name;
  }

  /** A session with every right, for what the pipeline and administrators do. */
  Connection owner() throws SQLException {
    return superuser.getConnection();
  }

  /** A session of the analyst, as a domain's analysts have it. */
  Session session(String domain) throws SQLException {
    return session(domain, analyst());
  }

  Session session(String domain, String user) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(superuser.getUrl());
    source.setUser(user);
    source.setCurrentSchema(domain + ", insight, public");
    return new Session(source.getConnection(), domain, asked);
  }

  /** The clock that NOW() of queries reads. */
  Instant now() throws SQLException {
    try (var connection = owner();
        var statement = connection.createStatement();
        var time = statement.executeQuery("SELECT now()")) {
      time.next();
      return time.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** Stores rows, and lets the server's statistics know at once. */
  void insert(String table, String columns, List<List<Object>> rows) throws SQLException {
    var marks = "?" + ", ?".repeat(columns.split(",", -1).length - 1);
    try (var connection = owner();
        var insert =
            connection.prepareStatement(
                "INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns, marks));
        var flush = connection.createStatement()) {
      for (var row : rows) {
        for (var column = 0; column < row.size(); column++) {
          insert.setObject(column + 1, Session.parameter(row.get(column)));
        }
        insert.addBatch();
      }
      insert.executeBatch();
      flush.execute("SELECT pg_stat_force_next_flush()");
    }
  }

  void execute(String sql) throws SQLException {
    try (var connection = owner();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The partition that holds the rows of a time, without its schema. */
  String partitionOf(String table, Instant at) throws SQLException {
    var time = table.equals("fiber.metrics") ? "time" : "event_timestamp";
    try (var connection = owner();
        var query =
            connection.prepareStatement(
                "SELECT relname FROM pg_class WHERE oid = (SELECT tableoid FROM %s WHERE %s = ? LIMIT 1)"
                    .formatted(table, time))) {
      query.setObject(1, Session.parameter(at));
      try (var found = query.executeQuery()) {
        found.next();
        return found.getString(1);
      }
    }
  }

  /** Bytes of a partition with its indexes, wherever it is: tables of two domains share names. */
  long bytesOf(String table, String partition) throws SQLException {
    try (var connection = owner();
        var query =
            connection.prepareStatement(
                "SELECT pg_table_size(oid) + pg_indexes_size(oid) FROM pg_class JOIN pg_inherits ON inhrelid = oid"
                    + " WHERE inhparent = ?::regclass AND relname = ?")) {
      query.setString(1, table);
      query.setString(2, partition);
      try (var found = query.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** The files of this database, added up. */
  long bytesOnDisk() throws SQLException {
    try (var connection = owner();
        var statement = connection.createStatement();
        var files =
            statement.executeQuery(
                """
                SELECT (pg_stat_file(folder || '/' || file, true)).size
                FROM (SELECT 'base/' || oid AS folder FROM pg_database WHERE datname = current_database()) d,
                  pg_ls_dir(folder) file
                """)) {
      var bytes = 0L;
      while (files.next()) {
        bytes += files.getLong(1);
      }
      return bytes;
    }
  }

  /** What was asked so far, by folder and name. */
  Set<String> asked() {
    return asked;
  }

  static String quoted(Connection connection, String identifier) throws SQLException {
    return connection.unwrap(PGConnection.class).escapeIdentifier(identifier);
  }
}
