package dev.millrace.sink.deadletter;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with putting a record aside. */
public enum DeadLetterFailure implements FailureCode {
  /** The broker did not take the dead letter in time; it will be sent again. */
  NOT_ACKNOWLEDGED(Owner.OUTAGE),
  /** The broker will never take it: no such topic, no right to write to it, too large. */
  NOT_ACCEPTED(Owner.CONFIGURATION);

  private final Owner owner;

  DeadLetterFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
