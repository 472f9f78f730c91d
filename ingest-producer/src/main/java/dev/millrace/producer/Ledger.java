package dev.millrace.producer;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the publisher's books: how many records are in flight, whether it is closed, and the latest
 * failure that was not a record's own fault and that no acknowledgement has followed. Safe for
 * several threads.
 */
final class Ledger {
  private final PublisherMetrics metrics;
  private final KafkaFailures failures;
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicReference<MillraceException> trouble = new AtomicReference<>();
  private volatile boolean closed;

  Ledger(PublisherMetrics metrics, KafkaFailures failures) {
    this.metrics = metrics;
    this.failures = failures;
  }

  void accepted(String topic) {
    inFlight.incrementAndGet();
    metrics.accepted(topic);
  }

  void acknowledged(String topic, int bytes, long nanos) {
    inFlight.decrementAndGet();
    trouble.set(null);
    metrics.acknowledged(topic, bytes, nanos);
  }

  /** Books a failed record and answers what its caller is told. */
  MillraceException failed(String topic, Exception cause) {
    var failure = closed ? unsent(topic, cause) : failures.ofRecord(topic, cause);
    inFlight.decrementAndGet();
    noteTrouble(failure);
    metrics.failed(topic, failure.code());
    return failure;
  }

  /** Books a record that was never in flight. */
  void rejected(String topic, MillraceException why) {
    noteTrouble(why);
    metrics.rejected(topic, why.code());
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  long inFlight() {
    return inFlight.get();
  }

  Optional<MillraceException> trouble() {
    return Optional.ofNullable(trouble.get());
  }

  /** Once closed, whatever the client says of a record means that it was not sent in time. */
  private MillraceException unsent(String topic, Exception cause) {
    var known = failures.ofRecord(topic, cause);
    if (known.code() != PublishFailure.UNEXPECTED) {
      return known;
    }
    return new MillraceException(
        PublishFailure.UNSENT_AT_CLOSE,
        "record for topic %s: still unsent when the time given to close was over; publish it again"
            .formatted(topic),
        cause);
  }

  private void noteTrouble(MillraceException failure) {
    FailureCode code = failure.code();
    if (code.owner() != Owner.DATA && code != PublishFailure.PUBLISHER_CLOSED) {
      trouble.set(failure);
    }
  }
}
