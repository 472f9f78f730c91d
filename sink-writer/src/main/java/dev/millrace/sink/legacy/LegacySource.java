package dev.millrace.sink.legacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.LegacyTable;
import dev.millrace.sink.write.Sql;
import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.conf.ParamType;
import org.jooq.impl.SQLDataType;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Where the older tables are; they are read and never changed.
 *
 * @param database may be that which the rows go to
 * @param schema of the older tables
 * @param address what tells this database from others in the books; empty for that of the target
 */
public record LegacySource(DataSource database, String schema, String address) {

  public LegacySource {
    Objects.requireNonNull(database);
    Objects.requireNonNull(schema);
    Objects.requireNonNull(address);
  }

  /** How the books and messages call an older table. */
  String nameOf(LegacyTable table) {
    var qualified = schema + "." + table.name();
    return address.isEmpty() ? qualified : address + " " + qualified;
  }

  /**
   * The key of an older table; empty if there is no such table.
   *
   * @throws MillraceException {@link LegacyFailure}
   */
  Optional<String> keyOf(Connection connection, LegacyTable table) throws SQLException {
    var columns = new ArrayList<String>();
    var keys = new ArrayList<String>();
    try (var query = connection.prepareStatement(SqlFile.read(LegacySource.class, "columns.sql"))) {
      query.setString(1, schema);
      query.setString(2, table.name());
      try (var found = query.executeQuery()) {
        while (found.next()) {
          columns.add(found.getString("name"));
          if (found.getBoolean("is_key")) {
            keys.add(found.getString("name"));
          }
        }
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    requireColumns(table, columns);
    if (keys.isEmpty()) {
      throw new MillraceException(
          LegacyFailure.NO_KEY,
          "%s has no primary key of one integer column, by which it could be read in batches. Give a copy of it one: ALTER TABLE … ADD COLUMN id bigserial PRIMARY KEY"
              .formatted(nameOf(table)));
    }
    return Optional.of(keys.get(0));
  }

  private void requireColumns(LegacyTable table, List<String> columns) {
    var missing = table.columns().stream().filter(column -> !columns.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new MillraceException(
          LegacyFailure.COLUMNS_MISSING,
          "%s has no %s. Is it the table of that name that the pollers wrote? Add what is missing to a copy of it"
              .formatted(nameOf(table), String.join(", ", missing)));
    }
  }

  /**
   * Begins to read the next rows, in the order of the key, as COPY's text.
   *
   * @param after the last key that was read, null for the beginning
   */
  CopyOut read(Connection connection, LegacyTable table, String key, Long after, int limit)
      throws SQLException {
    var number = field(name(key), Long.class);
    var query =
        Sql.on(connection)
            .select(
                Stream.<Field<?>>concat(
                        Stream.of(number), table.columns().stream().map(LegacySource::asText))
                    .toList())
            .from(table(name(schema, table.name())))
            .where(after == null ? noCondition() : number.gt(after))
            .orderBy(number)
            .limit(limit)
            .getSQL(ParamType.INLINED);
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("COPY (" + query + ") TO STDOUT");
  }

  private static Field<String> asText(String column) {
    return field(name(column)).cast(SQLDataType.CLOB);
  }
}
