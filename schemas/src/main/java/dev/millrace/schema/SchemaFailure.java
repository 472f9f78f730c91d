package dev.millrace.schema;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with a record, its schema or the registry. */
public enum SchemaFailure implements FailureCode {
  UNKNOWN_TOPIC(Owner.CONFIGURATION),
  UNKNOWN_FIELD(Owner.DATA),
  FIELD_REQUIRED(Owner.DATA),
  FIELD_UNREADABLE(Owner.DATA),
  FIELD_OUT_OF_RANGE(Owner.DATA),
  /** The bytes are not what the wire format says they are. */
  UNDECODABLE(Owner.DATA),
  /** The registry does not know the id a record carries. */
  UNKNOWN_SCHEMA_ID(Owner.DATA),
  /** The registry refuses a schema as incompatible with what is published already. */
  INCOMPATIBLE_SCHEMA(Owner.CONFIGURATION),
  REGISTRY_UNAVAILABLE(Owner.OUTAGE);

  private final Owner owner;

  SchemaFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
