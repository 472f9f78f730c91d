package dev.millrace.config;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;

/** What can be wrong with a configuration. */
public enum ConfigFailure implements FailureCode {
  INVALID_CONFIGURATION,
  UNREADABLE_FILE;

  @Override
  public Owner owner() {
    return Owner.CONFIGURATION;
  }
}
