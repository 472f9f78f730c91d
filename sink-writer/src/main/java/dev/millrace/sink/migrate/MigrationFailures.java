package dev.millrace.sink.migrate;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.sink.write.SqlFailures;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;

/**
 * From Flyway's failures to ours: what failed and where, what the database says, where it stands
 * now and what to do. Stateless.
 */
final class MigrationFailures {
  static final String MEND_HALF_DONE =
      "Undo by hand what its first statements did, or finish it; then DELETE FROM millrace.schema_history WHERE NOT success, and migrate again";

  private static final String PRIVILEGE_MISSING = "42501";
  private static final int SHOWN_CHARACTERS = 200;

  private MigrationFailures() {}

  static MillraceException of(FlywayException failed) {
    if (failed instanceof FlywayMigrateException migration) {
      return ofMigration(migration);
    }
    if (failed instanceof FlywayValidateException) {
      return new MillraceException(
          MigrateFailure.MIGRATIONS_DIFFER,
          "the database was migrated by another version of Millrace: %s. Migrations are never changed once they have run; use the version that ran them, or a fresh database"
              .formatted(oneLine(failed.getMessage())),
          failed);
    }
    var code = code(failed, true);
    return new MillraceException(
        code,
        "cannot migrate: %s. Nothing was changed by what failed; what ran before it stays. %s"
            .formatted(reason(failed), remedy(code)),
        failed);
  }

  static MillraceException ofUndo(SQLException failed) {
    var code = code(failed, true);
    return new MillraceException(
        code,
        "cannot undo: %s. Nothing was dropped. %s"
            .formatted(
                reason(failed),
                code == MigrateFailure.PRIVILEGE_MISSING
                    ? "Undo as the owner of the tables"
                    : "Mend the cause and undo again"),
        failed);
  }

  private static MillraceException ofMigration(FlywayMigrateException failed) {
    var code = code(failed, failed.isExecutableInTransaction());
    return new MillraceException(
        code,
        "the migration %s failed%s: %s. %s. %s. %s"
            .formatted(
                Migrator.describe(failed.getMigration()),
                place(failed),
                reason(failed),
                standing(failed),
                before(failed),
                remedy(code)),
        failed);
  }

  private static String place(Throwable failed) {
    var script = find(failed, FlywaySqlScriptException.class);
    if (script == null || script.getLineNumber() <= 0) {
      return "";
    }
    return " at line %d, in `%s`".formatted(script.getLineNumber(), cut(script.getStatement()));
  }

  private static String standing(FlywayMigrateException failed) {
    if (!failed.isExecutableInTransaction()) {
      return "It runs without a transaction and was left half done: its statements before that one stay";
    }
    return find(failed, FlywaySqlScriptException.class) == null
        ? "It was rolled back, unless the connection was lost in the commit itself: `--dry-run` lists it if it was"
        : "It was rolled back";
  }

  private static String before(FlywayMigrateException failed) {
    var before =
        failed.getErrorResult().getSuccessfulMigrations().stream()
            .map(run -> run.version == null ? run.description : run.version)
            .toList();
    return before.isEmpty()
        ? "No other migration was run"
        : "Run before it, and kept: " + String.join(", ", before);
  }

  private static MigrateFailure code(Throwable failed, boolean rolledBack) {
    var cause = find(failed, SQLException.class);
    if (!rolledBack) {
      return MigrateFailure.HALF_DONE;
    }
    if (cause == null) {
      return MigrateFailure.MIGRATION_FAILED;
    }
    if (PRIVILEGE_MISSING.equals(cause.getSQLState())) {
      return MigrateFailure.PRIVILEGE_MISSING;
    }
    return SqlFailures.codeOf(cause.getSQLState()).owner() == Owner.OUTAGE
        ? MigrateFailure.CONNECTION_LOST
        : MigrateFailure.MIGRATION_FAILED;
  }

  private static String remedy(MigrateFailure code) {
    return switch (code) {
      case HALF_DONE -> MEND_HALF_DONE;
      case PRIVILEGE_MISSING ->
          "Migrate as the owner of the tables, who may CREATE in the database, and migrate again";
      case CONNECTION_LOST -> "Migrate again once the server answers";
      case MIGRATIONS_DIFFER, DATABASE_NEWER, MIGRATION_FAILED, UNDO_REFUSED ->
          "Mend the cause and migrate again";
    };
  }

  private static String reason(Throwable failed) {
    var cause = find(failed, SQLException.class);
    return cause == null
        ? oneLine(failed.getMessage())
        : "%s (SQLSTATE %s)".formatted(oneLine(cause.getMessage()), cause.getSQLState());
  }

  private static <T extends Throwable> T find(Throwable failed, Class<T> kind) {
    for (var cause = failed; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
    }
    return null;
  }

  private static String cut(String statement) {
    var line = statement.replaceAll("(?m)^\\s*--.*$", "").strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static String oneLine(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
