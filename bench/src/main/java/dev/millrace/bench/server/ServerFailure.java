package dev.millrace.bench.server;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can keep a benchmark from its database. */
public enum ServerFailure implements FailureCode {
  /** There is no PostgreSQL where it should be. */
  NOT_INSTALLED(Owner.CONFIGURATION),
  /** The server did not come up; its log says why. */
  START_FAILED(Owner.OUTAGE),
  /** A process ended that should not have; its log says why. */
  ENDED(Owner.OUTAGE),
  /** The server refused what was asked of it. */
  REFUSED(Owner.OUTAGE);

  private final Owner owner;

  ServerFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
