package dev.millrace.producer.source;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** Why an input cannot be read, or a line of it. */
public enum SourceFailure implements FailureCode {
  INPUT_EMPTY(Owner.DATA),
  INPUT_UNREADABLE(Owner.OUTAGE),
  /** A column that is no field of the record type. */
  UNKNOWN_COLUMN(Owner.CONFIGURATION),
  /** No column and no constant for a field that has no default. */
  MISSING_COLUMN(Owner.CONFIGURATION),
  /** Two columns for one field. */
  DUPLICATE_COLUMN(Owner.CONFIGURATION),
  /** A line that is not of the format. */
  MALFORMED_LINE(Owner.DATA);

  private final Owner owner;

  SourceFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
