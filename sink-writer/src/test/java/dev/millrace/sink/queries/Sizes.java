package dev.millrace.sink.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sizes by other means: a table's files and those of its indexes, asked for apart and added up. */
final class Sizes {
  /** Maps of free space and of visibility may be written between two looks. */
  private static final long SLACK = 64 * 1024;

  private Sizes() {}

  /** Bytes of every table by its name, of one schema or of all. */
  static Map<String, Long> ofTables(QueriedDatabase database, String schema) throws SQLException {
    var sizes = new LinkedHashMap<String, Long>();
    try (var connection = database.owner();
        var tables =
            connection
                .getMetaData()
                .getTables(null, schema, "%", new String[] {"TABLE", "PARTITIONED TABLE"});
        var bytes =
            connection.prepareStatement(
                "SELECT pg_table_size(c.oid) + pg_indexes_size(c.oid) FROM pg_class c"
                    + " WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?) AND relname = ?")) {
      while (tables.next()) {
        bytes.setString(1, tables.getString("TABLE_SCHEM"));
        bytes.setString(2, tables.getString("TABLE_NAME"));
        try (var size = bytes.executeQuery()) {
          size.next();
          sizes.put(
              tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME"),
              size.getLong(1));
        }
      }
    }
    return sizes;
  }

  static void assertClose(long bytes, long expected) {
    assertThat(bytes).isCloseTo(expected, within(SLACK));
  }

  /**
   * For a whole database, looked at before and after: a session that begins may write the cache of
   * the catalogue anew, which is a file of some 200 KB.
   */
  static void assertBetween(long bytes, long before, long after) {
    assertThat(bytes).isBetween(Math.min(before, after) - SLACK, Math.max(before, after) + SLACK);
  }

  /** What pg_size_pretty says; half of the last digit may be lost. */
  static void assertPretty(String pretty, long expected) {
    var parts = pretty.split(" ", -1);
    var unit =
        switch (parts[1]) {
          case "bytes" -> 1L;
          case "kB" -> 1024L;
          case "MB" -> 1024L * 1024;
          default -> throw new AssertionError("no size of a test: " + pretty);
        };
    assertThat(Long.parseLong(parts[0]) * unit).isCloseTo(expected, within(SLACK + unit));
  }
}
