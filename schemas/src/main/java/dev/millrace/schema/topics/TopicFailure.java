package dev.millrace.schema.topics;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import org.apache.kafka.common.errors.RetriableException;

/** What can go wrong when topics are made. */
public enum TopicFailure implements FailureCode {
  BROKER_UNAVAILABLE(Owner.OUTAGE),
  REFUSED(Owner.CONFIGURATION);

  private final Owner owner;

  TopicFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }

  static MillraceException of(String what, Throwable cause) {
    if (cause instanceof RetriableException || !(cause instanceof RuntimeException)) {
      return new MillraceException(
          BROKER_UNAVAILABLE,
          "cannot %s: the broker does not answer (%s); check --bootstrap-server"
              .formatted(what, cause.getMessage()),
          cause);
    }
    return new MillraceException(
        REFUSED, "cannot %s: the broker refuses: %s".formatted(what, cause.getMessage()), cause);
  }
}
