package dev.millrace.bench.site;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What must not happen while the product is tried. */
public enum SiteFailure implements FailureCode {
  /** What should have come has not come in time. */
  STUCK,
  /** A process has ended by itself, or not as it should. */
  ENDED;

  @Override
  public Owner owner() {
    return Owner.BUG;
  }
}
