package dev.millrace.failure;

/**
 * A named kind of failure. Each room that can fail has one enum of these, so that failures are
 * counted, retried and dead-lettered by code and never by the words of a message.
 */
public interface FailureCode {

  /** The code as metrics and dead letters show it, e.g. {@code FIELD_REQUIRED}. */
  String name();

  Owner owner();
}
