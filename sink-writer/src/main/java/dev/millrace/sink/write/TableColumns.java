package dev.millrace.sink.write;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Table;
import dev.millrace.sink.encode.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;

/** Reads from the catalogue which columns of a table can be written, and of what type they are. */
public final class TableColumns {
  private static final String WRITABLE_COLUMNS =
      """
      SELECT a.attname AS name, t.typname AS type, a.atttypmod AS modifier,
             a.attnotnull AS required,
             ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e
                   WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '' AND a.attidentity <> 'a'
      ORDER BY a.attnum
      """;

  private TableColumns() {}

  /**
   * The columns, in the table's order; generated ones are left out.
   *
   * @throws MillraceException {@link WriteFailure#TABLE_MISSING}
   */
  public static List<Column> read(Connection connection, Table table) throws SQLException {
    var columns =
        fetch(connection, table).stream().map(row -> column(table.toString(), row)).toList();
    if (columns.isEmpty()) {
      throw new MillraceException(
          WriteFailure.TABLE_MISSING,
          "there is no table %s; run `millrace migrate` on this database".formatted(table));
    }
    return columns;
  }

  private static List<Record> fetch(Connection connection, Table table) throws SQLException {
    try {
      return Sql.on(connection).fetch(WRITABLE_COLUMNS, table.schema(), table.name());
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }

  private static Column column(String table, Record row) {
    return new Column(
        table,
        row.get("name", String.class),
        row.get("type", String.class),
        row.get("modifier", Integer.class),
        row.get("required", Boolean.class),
        List.of(row.get("labels", String[].class)));
  }
}
