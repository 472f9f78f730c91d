package dev.millrace.standalone.demo;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can go wrong in a pipeline that runs in one process. */
enum DemoFailure implements FailureCode {
  COMPONENT_ENDED(Owner.BUG),
  DATA_DIR_UNUSABLE(Owner.CONFIGURATION);

  private final Owner owner;

  DemoFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }
}
