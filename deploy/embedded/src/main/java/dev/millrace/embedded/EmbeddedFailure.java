package dev.millrace.embedded;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can keep an embedded server from running. */
public enum EmbeddedFailure implements FailureCode {
  /** Another program listens where the server should. */
  PORT_IN_USE(Owner.CONFIGURATION),
  /** Another server runs on the same data folder. */
  DATA_IN_USE(Owner.CONFIGURATION),
  /** The data folder or journal cannot be read or written, or holds something else. */
  UNUSABLE_DATA(Owner.CONFIGURATION),
  /** What should run is not on this machine and cannot be fetched. */
  UNOBTAINABLE(Owner.CONFIGURATION),
  /** The server did not come up for a reason of its own; its log says which. */
  START_FAILED(Owner.OUTAGE),
  /** A running server refused what was asked of it. */
  REFUSED(Owner.OUTAGE);

  private final Owner owner;

  EmbeddedFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
