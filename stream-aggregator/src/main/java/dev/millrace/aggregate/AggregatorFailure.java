package dev.millrace.aggregate;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can go wrong in the aggregator. */
public enum AggregatorFailure implements FailureCode {
  /** A raw record and the window record made from it do not fit together. */
  LAYOUT_UNFIT(Owner.CONFIGURATION),
  /** The catalogue has no type for anomalies or baselines. */
  NO_INSIGHT_TYPE(Owner.CONFIGURATION),
  /** The file with the rules of detection cannot be used. */
  INVALID_RULES(Owner.CONFIGURATION),
  /** A topic that is read does not exist. */
  TOPIC_MISSING(Owner.CONFIGURATION),
  /** What can only be done to an application that does not run. */
  STILL_RUNNING(Owner.CONFIGURATION),
  /** No worker runs any more. */
  WORKERS_DEAD(Owner.BUG);

  private final Owner owner;

  AggregatorFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
