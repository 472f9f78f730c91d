package dev.millrace.sink.legacy;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with older tables as a whole. */
public enum LegacyFailure implements FailureCode {
  /** None of the older tables is where it was looked for. */
  NO_SOURCE,
  /** An older table has not the columns it should. */
  COLUMNS_MISSING,
  /** An older table has no key to go by. */
  NO_KEY;

  @Override
  public Owner owner() {
    return Owner.CONFIGURATION;
  }
}
