package dev.millrace.sink.legacy;

import static org.jooq.impl.DSL.name;

import dev.millrace.failure.Owner;
import dev.millrace.schema.LegacyTable;
import dev.millrace.sink.write.Sql;
import dev.millrace.sink.write.SqlFailures;
import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Some rows of an older table, in a temporary table of the database they go to, for the length of
 * one transaction. A row that the mapping or the table refuses is found by halving, each half a
 * savepoint, and put among the rejects with the database's own words. One thread.
 */
final class LegacyBatch {
  private static final String NAME = "legacy_batch";
  private static final String KEY = "source_key";

  private final Connection connection;
  private final LegacyTable table;
  private final String source;
  private final OffsetDateTime oldest;
  private final String statement;

  /**
   * For one older table.
   *
   * @param source how the books call it
   * @param oldest rows before are not stored
   */
  LegacyBatch(Connection connection, LegacyTable table, String source, OffsetDateTime oldest) {
    this.connection = connection;
    this.table = table;
    this.source = source;
    this.oldest = oldest;
    this.statement = table.statement();
  }

  /** Takes the rows in, and answers their keys in order. */
  List<Long> fill(CopyOut rows) throws SQLException {
    try {
      create();
      take(rows);
    } finally {
      if (rows.isActive()) {
        rows.cancelCopy();
      }
    }
    return keys();
  }

  private void take(CopyOut rows) throws SQLException {
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY pg_temp.legacy_batch FROM STDIN");
    try {
      for (var row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
        copy.writeToCopy(row, 0, row.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void create() throws SQLException {
    try {
      var create =
          Sql.on(connection)
              .createTemporaryTable(name(NAME))
              .column(name(KEY), SQLDataType.BIGINT.notNull());
      for (var column : table.columns()) {
        create = create.column(name(column), SQLDataType.CLOB);
      }
      create.primaryKey(name(KEY)).onCommitDrop().execute();
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }

  private List<Long> keys() throws SQLException {
    try (var query = connection.createStatement();
        var found = query.executeQuery("SELECT source_key FROM pg_temp.legacy_batch ORDER BY 1")) {
      var keys = new ArrayList<Long>();
      while (found.next()) {
        keys.add(found.getLong(1));
      }
      return keys;
    }
  }

  /** Stores the rows of these keys, which are all there are from the first to the last. */
  LegacyCounts store(List<Long> keys) throws SQLException {
    if (keys.isEmpty()) {
      return LegacyCounts.NONE;
    }
    var before = connection.setSavepoint();
    try {
      var first = keys.get(0);
      var last = keys.get(keys.size() - 1);
      makePartitions(first, last);
      var counts = insert(first, last);
      connection.releaseSavepoint(before);
      return counts;
    } catch (SQLException failed) {
      if (SqlFailures.codeOf(failed.getSQLState()).owner() != Owner.DATA) {
        throw failed;
      }
      connection.rollback(before);
      if (keys.size() == 1) {
        return refuse(keys.get(0), failed);
      }
    }
    var half = keys.size() / 2;
    return store(keys.subList(0, half)).plus(store(keys.subList(half, keys.size())));
  }

  private void makePartitions(long first, long last) throws SQLException {
    try (var make =
        connection.prepareStatement(SqlFile.read(LegacyBatch.class, "partitions.sql"))) {
      make.setString(1, table.schema());
      make.setString(2, table.target());
      make.setString(3, table.timeColumn());
      make.setLong(4, first);
      make.setLong(5, last);
      make.setObject(6, oldest);
      make.execute();
    }
  }

  private LegacyCounts insert(long first, long last) throws SQLException {
    try (var insert = connection.prepareStatement(statement)) {
      insert.setLong(1, first);
      insert.setLong(2, last);
      insert.setObject(3, oldest);
      try (var counts = insert.executeQuery()) {
        counts.next();
        return new LegacyCounts(
            counts.getLong("rows_read"),
            counts.getLong("rows_stored"),
            counts.getLong("rows_present"),
            counts.getLong("rows_expired"),
            0);
      }
    }
  }

  private LegacyCounts refuse(long key, SQLException reason) throws SQLException {
    try (var refuse = connection.prepareStatement(SqlFile.read(LegacyBatch.class, "refuse.sql"))) {
      refuse.setString(1, source);
      refuse.setString(2, firstLine(reason));
      refuse.setLong(3, key);
      refuse.executeUpdate();
    }
    return LegacyCounts.ONE_REFUSED;
  }

  private static String firstLine(SQLException reason) {
    return String.valueOf(reason.getMessage()).strip().lines().findFirst().orElse("");
  }
}
