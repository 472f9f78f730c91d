package dev.millrace.sink.write;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What the database can answer to a write, told apart by SQLSTATE in {@link SqlFailures}. */
public enum WriteFailure implements FailureCode {
  /** The row breaks a rule of its table: a check, a foreign key, a type. */
  ROW_REFUSED(Owner.DATA),
  /** Another row has the same unique key. */
  KEY_TAKEN(Owner.DATA),
  /** The server is away, starting, stopping or out of connections. */
  DATABASE_UNAVAILABLE(Owner.OUTAGE),
  /** The server gave the transaction up: deadlock, serialization, a lock or disk it lacks. */
  DATABASE_BUSY(Owner.OUTAGE),
  /** Another writer has claimed the partition since; only a new assignment gives it back. */
  FENCED(Owner.OUTAGE),
  TABLE_MISSING(Owner.CONFIGURATION),
  PRIVILEGE_MISSING(Owner.CONFIGURATION),
  /** The table is there, but not as the statement needs it. */
  TABLE_MISMATCH(Owner.CONFIGURATION),
  LOGIN_REFUSED(Owner.CONFIGURATION),
  /** The database says what it should never say to a sink. */
  UNEXPECTED_ANSWER(Owner.BUG);

  private final Owner owner;

  WriteFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
