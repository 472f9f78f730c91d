package dev.millrace.failure;

/** Who can mend a failure: what decides whether it is retried, dead-lettered or reported. */
public enum Owner {
  /** The record is bad. It goes to the dead letters; the next one may be fine. */
  DATA,
  /** A setting, a grant or a migration is missing. An operator mends it; retrying does not. */
  CONFIGURATION,
  /** A server is away or overloaded. Waiting mends it; the record is fine. */
  OUTAGE,
  /** Millrace is wrong. */
  BUG
}
