package dev.millrace.sink.write;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Deletes rows by their keys, in the caller's transaction: all at once, or, where the table refuses
 * one, one by one. A key without a row is no failure. Immutable; one transaction at a time.
 */
public final class RowDelete {
  private final Table table;
  private final String sql;

  /** Prepares the statement; {@code key} are the columns that hold the parts of a key. */
  public RowDelete(Table table, List<String> key) {
    this.table = table;
    var condition = noCondition();
    for (var column : key) {
      condition = condition.and(field(name(column)).isNotDistinctFrom(val("")));
    }
    this.sql =
        Sql.render()
            .deleteFrom(table(name(table.schema(), table.name())))
            .where(condition)
            .getSQL();
  }

  /**
   * Deletes.
   *
   * @param keys by offset, the parts of a key as text; null for a part that is null
   * @return why, for the offsets whose row the table does not let go
   * @throws MillraceException any {@link WriteFailure} whose owner is not data
   */
  public Map<Long, MillraceException> delete(Connection connection, Map<Long, String[]> keys)
      throws SQLException {
    var refused = new TreeMap<Long, MillraceException>();
    if (tryAll(connection, keys.values().toArray(String[][]::new)).isPresent()) {
      for (var key : new TreeMap<>(keys).entrySet()) {
        tryAll(connection, key.getValue()).ifPresent(why -> refused.put(key.getKey(), why));
      }
    }
    return refused;
  }

  /** Deletes all or none; answers why not. */
  private Optional<MillraceException> tryAll(Connection connection, String[]... keys)
      throws SQLException {
    var before = connection.setSavepoint();
    try (var statement = connection.prepareStatement(sql)) {
      for (var key : keys) {
        fill(statement, key);
        statement.addBatch();
      }
      var unused = statement.executeBatch();
      connection.releaseSavepoint(before);
      return Optional.empty();
    } catch (SQLException failed) {
      var why = SqlFailures.of("deleting from " + table, cause(failed));
      if (why.code().owner() != Owner.DATA) {
        throw why;
      }
      connection.rollback(before);
      return Optional.of(why);
    }
  }

  /** Without a type of its own, a text is read by the server as what the column holds. */
  private static void fill(PreparedStatement statement, String... parts) throws SQLException {
    for (var i = 0; i < parts.length; i++) {
      statement.setObject(i + 1, parts[i], Types.OTHER);
    }
  }

  /** What the server said to the statement that failed, and not that it was one of a batch. */
  private static SQLException cause(SQLException failed) {
    return Optional.ofNullable(failed.getNextException()).orElse(failed);
  }
}
