package dev.millrace.bench.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.postgresql.PGConnection;

/**
 * Runs one query on one connection, as an analyst does: with the search path of the domain, and
 * planned anew every time, because a dashboard does not prepare its statements. One thread.
 */
final class QueryRunner implements AutoCloseable {
  private static final int NEVER_PREPARED = 0;
  private static final String SEARCH_PATH = "SELECT set_config('search_path', ?, false)";
  private static final String EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, VERBOSE, FORMAT JSON)\n";

  private final Connection connection;
  private final PreparedStatement query;
  private final PreparedStatement explain;

  QueryRunner(Connection connection, SchemaQuery query) throws SQLException {
    this.connection = connection;
    connection.unwrap(PGConnection.class).setPrepareThreshold(NEVER_PREPARED);
    setSearchPath(connection, query.domain() + ", insight, public");
    this.query = connection.prepareStatement(query.sql());
    this.explain = connection.prepareStatement(EXPLAIN + query.sql());
  }

  private static void setSearchPath(Connection connection, String path) throws SQLException {
    try (var statement = connection.prepareStatement(SEARCH_PATH)) {
      statement.setString(1, path);
      statement.execute();
    }
  }

  /**
   * One run, timed at the client until the last column of the last row is read.
   *
   * @param rows how many there were
   * @param millis how long it took
   */
  record Run(long rows, double millis) {}

  Run run(Asked asked) throws SQLException {
    bind(query, asked);
    var rows = 0L;
    var begin = System.nanoTime();
    try (var result = query.executeQuery()) {
      var columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        rows++;
        for (var column = 1; column <= columns; column++) {
          result.getString(column);
        }
      }
    }
    return new Run(rows, (System.nanoTime() - begin) / 1e6);
  }

  /** The plan of a run and what it really read. */
  QueryPlan explain(Asked asked) throws SQLException {
    bind(explain, asked);
    try (var row = explain.executeQuery()) {
      row.next();
      return QueryPlan.parse(row.getString(1));
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException("the server's plan is no JSON", unreadable);
    }
  }

  /** What {@code now()} is to every query of this transaction. */
  Instant now() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT now()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static void bind(PreparedStatement statement, Asked asked) throws SQLException {
    var position = 1;
    for (var value : asked.parameters()) {
      statement.setObject(position++, value);
    }
  }

  @Override
  public void close() throws SQLException {
    query.close();
    explain.close();
  }
}
