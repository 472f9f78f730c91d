package dev.millrace.sink;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with the database as a whole. */
public enum DatabaseFailure implements FailureCode {
  UNREACHABLE(Owner.OUTAGE),
  LOGIN_REFUSED(Owner.CONFIGURATION);

  private final Owner owner;

  DatabaseFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
