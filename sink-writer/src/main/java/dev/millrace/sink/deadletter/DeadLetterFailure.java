package dev.millrace.sink.deadletter;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with putting a record aside, and with having it back. */
public enum DeadLetterFailure implements FailureCode {
  /** The broker did not take the dead letter in time; it will be sent again. */
  NOT_ACKNOWLEDGED(Owner.OUTAGE),
  /** The broker will never take it: no such topic, no right to write to it, too large. */
  NOT_ACCEPTED(Owner.CONFIGURATION),
  /** The broker did not give the letters in time. */
  NOT_READ(Owner.OUTAGE),
  /** The broker will not give them: no right to read. */
  NOT_READABLE(Owner.CONFIGURATION),
  /** There is no such dead-letter topic. */
  NO_TOPIC(Owner.CONFIGURATION),
  /** A letter without a value holds no row. */
  NO_VALUE(Owner.DATA),
  /** The topic's records are in no table, so there is nowhere to replay its letters to. */
  NO_TABLE(Owner.CONFIGURATION);

  private final Owner owner;

  DeadLetterFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
