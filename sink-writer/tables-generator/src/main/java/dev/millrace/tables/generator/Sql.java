package dev.millrace.tables.generator;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements beside this class. */
final class Sql {
  private Sql() {}

  static String read(String file) throws IOException {
    try (var statement = Sql.class.getResourceAsStream(file)) {
      if (statement == null) {
        throw new FileNotFoundException(file);
      }
      return new String(statement.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The one column of a query. */
  static List<String> fetch(Connection connection, String file) throws SQLException, IOException {
    var values = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(read(file))) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
