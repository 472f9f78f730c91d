package dev.millrace.bench.sink;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can keep a peer from being measured. */
enum PeerFailure implements FailureCode {
  /** Its module cannot be built. */
  NOT_BUILT(Owner.CONFIGURATION),
  /** It ended, or does not do what it is here for. */
  FAILED(Owner.OUTAGE);

  private final Owner owner;

  PeerFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
