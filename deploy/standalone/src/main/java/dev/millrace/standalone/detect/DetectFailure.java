package dev.millrace.standalone.detect;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** Why files cannot be judged. */
public enum DetectFailure implements FailureCode {
  /** The text of a time is none. */
  UNREADABLE_TIME(Owner.DATA),
  /** A file that would be read and written at once, or the like. */
  UNFIT_FILES(Owner.CONFIGURATION),
  /** The disk is full, or nobody reads any more. */
  UNWRITABLE_OUTPUT(Owner.OUTAGE);

  private final Owner owner;

  DetectFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
