package dev.millrace.sink.migrate;

import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema, table, view, sequence, function or type of somebody's: not the server's, not an
 * extension's, and not a part of another.
 *
 * @param type what it is, as the server says it: {@code table}, {@code function}
 * @param identity its name with its schema, quoted where needed, a function's with its arguments
 */
record DatabaseObject(String type, String identity) {

  static List<DatabaseObject> all(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(SqlFile.read(DatabaseObject.class, "objects.sql"))) {
      var objects = new ArrayList<DatabaseObject>();
      while (found.next()) {
        objects.add(new DatabaseObject(found.getString("type"), found.getString("identity")));
      }
      return objects;
    }
  }

  /** Runs a statement whose two parameters are type and identity. */
  void write(Connection connection, String sql) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, type);
      statement.setString(2, identity);
      statement.executeUpdate();
    }
  }

  @Override
  public String toString() {
    return type + " " + identity;
  }
}
