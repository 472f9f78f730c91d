package dev.millrace.standalone.http;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** Why the endpoints cannot be opened. */
public enum HttpFailure implements FailureCode {
  /** Another program listens there, or the address is not one of this machine. */
  CANNOT_LISTEN(Owner.CONFIGURATION);

  private final Owner owner;

  HttpFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
