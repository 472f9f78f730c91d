package dev.millrace.producer;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** Why a record was not published. Bad values have a {@link dev.millrace.schema.SchemaFailure}. */
public enum PublishFailure implements FailureCode {
  /** The catalogue has no such type, or no published one for the record's class. */
  UNKNOWN_TYPE(Owner.CONFIGURATION),
  /** Several topics take records of this class; the caller must say which. */
  AMBIGUOUS_TYPE(Owner.CONFIGURATION),
  /** The record has another schema than its type. */
  WRONG_SCHEMA(Owner.DATA),
  RECORD_TOO_LARGE(Owner.DATA),
  /** The broker looked at the record and will not have it. */
  RECORD_REFUSED(Owner.DATA),
  /** The broker did not answer, or not in time. */
  BROKER_UNAVAILABLE(Owner.OUTAGE),
  /** Records came faster than the broker took them, for longer than publish may wait. */
  BUFFER_FULL(Owner.OUTAGE),
  TOPIC_MISSING(Owner.CONFIGURATION),
  NOT_AUTHORIZED(Owner.CONFIGURATION),
  NOT_AUTHENTICATED(Owner.CONFIGURATION),
  /** The publishing thread was interrupted while it waited. */
  INTERRUPTED(Owner.OUTAGE),
  /** Still unsent when the time given to close was over. */
  UNSENT_AT_CLOSE(Owner.OUTAGE),
  /** Published on a closed publisher. */
  PUBLISHER_CLOSED(Owner.BUG),
  /** A Kafka property would take away what the publisher promises. */
  GUARANTEE_WEAKENED(Owner.CONFIGURATION),
  /** A Kafka property that the client refuses, or one that is missing. */
  INVALID_KAFKA_PROPERTY(Owner.CONFIGURATION),
  UNEXPECTED(Owner.BUG);

  private final Owner owner;

  PublishFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
