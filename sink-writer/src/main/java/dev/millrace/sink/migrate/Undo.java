package dev.millrace.sink.migrate;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Takes all that the migrations made out of a database again, with every row: for a development
 * database that is to begin anew. What others made stays, even in the same schemas; if anything of
 * theirs needs what would go, or a sink has stored something within the last minute, nothing goes.
 * One transaction, one thread. It locks each partition: a database with more than some thousands
 * needs a larger {@code max_locks_per_transaction}.
 */
public final class Undo {
  private final DataSource database;

  public Undo(DataSource database) {
    this.database = database;
  }

  /**
   * Finds out what would go, and changes nothing.
   *
   * @throws MillraceException {@link MigrateFailure}
   */
  public Undone plan() {
    return run(false);
  }

  /**
   * Drops it.
   *
   * @throws MillraceException {@link MigrateFailure}
   */
  public Undone drop() {
    return run(true);
  }

  private Undone run(boolean drop) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var undone = run(connection, drop);
        if (drop) {
          connection.commit();
        }
        return undone;
      } finally {
        connection.rollback();
      }
    } catch (SQLException failed) {
      throw MigrationFailures.ofUndo(failed);
    }
  }

  private static Undone run(Connection connection, boolean drop) throws SQLException {
    if (DatabaseObject.all(connection).stream().noneMatch(Undo::isHistory)) {
      return Undone.NOTHING;
    }
    execute(connection, SqlFile.read(Undo.class, "made.sql"));
    execute(connection, SqlFile.read(Undo.class, "undo_lock.sql"));
    execute(
        connection,
        "CREATE TEMPORARY TABLE undo_found ON COMMIT DROP AS "
            + SqlFile.read(Undo.class, "objects.sql"));
    execute(connection, SqlFile.read(Undo.class, "undo_objects.sql"));
    requireUnused(connection);
    var kept = column(connection, SqlFile.read(Undo.class, "undo_kept.sql"));
    var gone =
        column(
            connection,
            "SELECT format('%s %s', type, identity) FROM undo_objects ORDER BY identity, type");
    if (drop) {
      execute(connection, SqlFile.read(Undo.class, "undo_drop.sql"));
    }
    return new Undone(gone, kept);
  }

  private static boolean isHistory(DatabaseObject object) {
    return object.equals(new DatabaseObject("table", "millrace.schema_history"));
  }

  private static void requireUnused(Connection connection) throws SQLException {
    if (!column(connection, "SELECT to_regclass('millrace.sink_progress')").contains(null)) {
      refuse(
          column(connection, SqlFile.read(Undo.class, "undo_writers.sql")),
          "a pipeline writes to this database now: %s. Stop it, and undo a minute later");
    }
    refuse(
        column(connection, SqlFile.read(Undo.class, "undo_dependents.sql")),
        "what is not Millrace's needs its tables: %s. Drop that first, or keep the database");
  }

  private static void refuse(List<String> reasons, String message) {
    if (!reasons.isEmpty()) {
      throw new MillraceException(
          MigrateFailure.UNDO_REFUSED,
          message.formatted(String.join(", ", reasons)) + ". Nothing was dropped");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (found.next()) {
        values.add(found.getString(1));
      }
      return values;
    }
  }
}
