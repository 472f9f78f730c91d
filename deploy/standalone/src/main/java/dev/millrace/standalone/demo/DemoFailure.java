package dev.millrace.standalone.demo;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can go wrong in a pipeline that runs in one process. */
enum DemoFailure implements FailureCode {
  COMPONENT_ENDED;

  @Override
  public Owner owner() {
    return Owner.BUG;
  }
}
