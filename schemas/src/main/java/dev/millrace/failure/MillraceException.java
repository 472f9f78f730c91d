package dev.millrace.failure;

import java.util.Objects;

/**
 * A failure with a code. The message names the thing, the value and the remedy; it is written to be
 * shown to a person as it is, without a stack trace.
 */
public class MillraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient FailureCode code;

  public MillraceException(FailureCode code, String message) {
    this(code, message, null);
  }

  public MillraceException(FailureCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code);
  }

  public FailureCode code() {
    return code;
  }
}
