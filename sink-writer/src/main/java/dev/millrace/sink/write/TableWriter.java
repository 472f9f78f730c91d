package dev.millrace.sink.write;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes batches into one table, in the caller's transaction. New rows go straight in by COPY; when
 * a key is taken, the batch goes through a staging table and {@code INSERT … ON CONFLICT DO
 * UPDATE}. A batch with a row the table refuses is halved until that row is alone: it is handed
 * back, and all others are stored. One bad row in n costs about 2 log2(n) COPYs. One thread.
 */
public final class TableWriter {
  private static final AtomicLong STAGES = new AtomicLong();

  private final Table table;
  private final String copy;
  private final String createStage;
  private final String truncateStage;
  private final String copyIntoStage;
  private final String upsert;
  private final ConflictMemory conflicts = new ConflictMemory();

  /** Prepares the statements; {@code columns} are those the rows hold, in their order. */
  public TableWriter(Table table, List<String> columns) {
    this(table, columns, Optional.empty());
  }

  /**
   * A writer of rows that come behind their time: a row whose key is there already replaces it only
   * if that is of an earlier revision or, where there are none, of an earlier event time.
   *
   * @param eventTime the column of the event time; without it in {@code columns} nothing is
   *     replaced
   */
  public static TableWriter ofLateRows(Table table, List<String> columns, String eventTime) {
    return new TableWriter(table, columns, Optional.of(eventTime));
  }

  private TableWriter(Table table, List<String> columns, Optional<String> lateBy) {
    var stage = "millrace_stage_" + STAGES.incrementAndGet();
    var statements = new UpsertStatements(table, columns, stage, lateBy);
    this.table = table;
    copy = statements.copy();
    createStage = statements.createStage();
    truncateStage = statements.truncateStage();
    copyIntoStage = statements.copyIntoStage();
    upsert = table.appendOnly() ? "" : statements.upsert();
  }

  /**
   * Writes the rows.
   *
   * @throws MillraceException any {@link WriteFailure} whose owner is not data; the transaction is
   *     then to be rolled back
   */
  public Written write(Connection connection, EncodedRows rows) throws SQLException {
    var refused = new ArrayList<Refused>();
    var staged = conflicts.takeStaged();
    var conflicted = false;
    if (!staged) {
      conflicted = !copyStraight(connection, rows, refused);
      staged = conflicted;
    }
    if (staged) {
      halving(this::stage, connection, rows, 0, EncodedRows.ALL, refused);
    }
    return new Written(rows.count() - refused.size(), rows.bytes(), staged, conflicted, refused);
  }

  /** Whether straight COPY did; if a key was taken, nothing is written and nothing refused. */
  private boolean copyStraight(Connection connection, EncodedRows rows, List<Refused> refused)
      throws SQLException {
    var start = connection.setSavepoint();
    try {
      halving(this::copy, connection, rows, 0, EncodedRows.ALL, refused);
      connection.releaseSavepoint(start);
      conflicts.copied();
      return true;
    } catch (KeyTakenException taken) {
      connection.rollback(start);
      refused.clear();
      conflicts.conflicted();
      return false;
    }
  }

  /** A way to write the rows from {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  private interface Way {
    void write(Connection connection, EncodedRows rows, int from, int to) throws SQLException;
  }

  private void halving(
      Way way, Connection connection, EncodedRows rows, int from, int to, List<Refused> refused)
      throws SQLException {
    var before = connection.setSavepoint();
    try {
      way.write(connection, rows, from, to);
      checkWhatIsDeferred(connection);
      connection.releaseSavepoint(before);
    } catch (SQLException failed) {
      var why = SqlFailures.of("storing in " + table, failed);
      if (why.code().owner() != Owner.DATA) {
        throw why;
      }
      connection.rollback(before);
      rows.encodeAll();
      var end = Math.min(to, rows.count());
      if (end - from == 1) {
        refused.add(new Refused(rows.offset(from), Refused.STORING, why));
        return;
      }
      var middle = (from + end) >>> 1;
      halving(way, connection, rows, from, middle, refused);
      halving(way, connection, rows, middle, end, refused);
    }
  }

  /** At the commit it would be too late to tell which row breaks a deferred constraint. */
  private static void checkWhatIsDeferred(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
    }
  }

  private void copy(Connection connection, EncodedRows rows, int from, int to) throws SQLException {
    try {
      RowCopy.run(connection, copy, rows, from, to);
    } catch (SQLException failed) {
      if (!table.appendOnly()
          && SqlFailures.codeOf(failed.getSQLState()) == WriteFailure.KEY_TAKEN) {
        throw new KeyTakenException(failed);
      }
      throw failed;
    }
  }

  private void stage(Connection connection, EncodedRows rows, int from, int to)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(createStage);
      statement.execute(truncateStage);
      RowCopy.run(connection, copyIntoStage, rows, from, to);
      statement.execute(upsert);
    }
  }

  /** Leaves the halving of straight COPY for the staged way; never leaves this class. */
  private static final class KeyTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyTakenException(SQLException cause) {
      super(cause);
    }
  }
}
