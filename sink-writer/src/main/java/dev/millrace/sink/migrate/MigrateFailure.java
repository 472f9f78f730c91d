package dev.millrace.sink.migrate;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with a migration. */
public enum MigrateFailure implements FailureCode {
  /** A migration that ran in the database differs from that of this version. */
  MIGRATIONS_DIFFER(Owner.CONFIGURATION),
  /** The database holds migrations that this version does not know. */
  DATABASE_NEWER(Owner.CONFIGURATION),
  /** A migration that cannot run in a transaction failed midway, now or before. */
  HALF_DONE(Owner.CONFIGURATION),
  /** A statement of a migration failed. */
  MIGRATION_FAILED(Owner.CONFIGURATION),
  /** Who migrates may not do what a migration does. */
  PRIVILEGE_MISSING(Owner.CONFIGURATION),
  /** The server went away, or gave up. */
  CONNECTION_LOST(Owner.OUTAGE),
  /** Dropping all would take what is used, or not Millrace's. */
  UNDO_REFUSED(Owner.CONFIGURATION);

  private final Owner owner;

  MigrateFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
