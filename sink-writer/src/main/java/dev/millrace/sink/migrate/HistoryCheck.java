package dev.millrace.sink.migrate;

import dev.millrace.failure.MillraceException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Refuses a database whose history this version cannot go on from: one that a newer version has
 * migrated, one with a migration half done, one with a migration that reads differently now.
 * Stateless.
 */
final class HistoryCheck {
  private static final Set<MigrationState> UNKNOWN =
      Set.of(
          MigrationState.FUTURE_SUCCESS,
          MigrationState.FUTURE_FAILED,
          MigrationState.MISSING_SUCCESS,
          MigrationState.MISSING_FAILED);

  private HistoryCheck() {}

  static void requireKnown(MigrationInfo[] history) {
    refuse(
        named(history, info -> UNKNOWN.contains(info.getState())),
        MigrateFailure.DATABASE_NEWER,
        "the database holds migrations that this version of Millrace does not know: %s. A newer version has migrated it; use that one");
    refuse(
        named(history, info -> info.getState() == MigrationState.FAILED),
        MigrateFailure.HALF_DONE,
        "a migration failed midway before, outside of a transaction: %s. "
            + MigrationFailures.MEND_HALF_DONE);
    refuse(
        named(history, HistoryCheck::readsDifferently),
        MigrateFailure.MIGRATIONS_DIFFER,
        "the database was migrated by another version of Millrace: %s read differently there. Migrations are never changed once they have run; use the version that ran them, or a fresh database");
  }

  private static boolean readsDifferently(MigrationInfo info) {
    return info.isVersioned()
        && info.isApplied()
        && info.getState().isResolved()
        && !info.isChecksumMatching();
  }

  private static List<String> named(MigrationInfo[] history, Predicate<MigrationInfo> which) {
    return Arrays.stream(history).filter(which).map(Migrator::describe).toList();
  }

  private static void refuse(List<String> culprits, MigrateFailure code, String message) {
    if (!culprits.isEmpty()) {
      throw new MillraceException(
          code, message.formatted(culprits.stream().collect(Collectors.joining(", "))));
    }
  }
}
