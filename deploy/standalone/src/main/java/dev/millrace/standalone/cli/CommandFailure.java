package dev.millrace.standalone.cli;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can go wrong in a command, beyond what its component says. */
enum CommandFailure implements FailureCode {
  BROKER_UNAVAILABLE(Owner.OUTAGE),
  KAFKA_SETTINGS(Owner.CONFIGURATION),
  NOT_CONFIRMED(Owner.CONFIGURATION),
  WORKER_ENDED(Owner.OUTAGE),
  ALREADY_MAINTAINED(Owner.OUTAGE),
  UNEXPECTED(Owner.BUG);

  private final Owner owner;

  CommandFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
