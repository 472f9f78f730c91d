package dev.millrace.sink.migrate;

import dev.millrace.sink.write.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Gives {@code millrace_owner}, {@code millrace_writer} and {@code millrace_reader} what they are
 * to have, for objects that are new as well. What follows from what stands in the database, see
 * {@code V110__roles.sql}. One thread.
 */
final class Roles {
  private static final String KNOWN =
      "SELECT to_regprocedure('millrace.apply_roles()') IS NOT NULL";
  private static final String APPLY = "SELECT statement FROM millrace.apply_roles() statement";

  private final DataSource database;

  Roles(DataSource database) {
    this.database = database;
  }

  /**
   * Does what the user of the database may do, in one transaction; nothing in a database of a
   * version before there were roles.
   *
   * @return the statements an administrator has to run for the rest
   */
  List<String> apply() {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      var left = areKnown(connection) ? missing(connection) : List.<String>of();
      connection.commit();
      return left;
    } catch (SQLException failed) {
      throw SqlFailures.of("giving the roles their privileges", failed);
    }
  }

  private static boolean areKnown(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(KNOWN)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static List<String> missing(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(APPLY)) {
      var left = new ArrayList<String>();
      while (rows.next()) {
        left.add(rows.getString(1));
      }
      return left;
    }
  }
}
