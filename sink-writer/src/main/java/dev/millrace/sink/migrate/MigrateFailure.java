package dev.millrace.sink.migrate;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with a migration. */
public enum MigrateFailure implements FailureCode {
  /** The database holds migrations that differ from those of this version. */
  MIGRATIONS_DIFFER,
  /** A statement of a migration failed. */
  MIGRATION_FAILED;

  @Override
  public Owner owner() {
    return Owner.CONFIGURATION;
  }
}
