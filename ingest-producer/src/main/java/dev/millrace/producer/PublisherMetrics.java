package dev.millrace.producer;

import dev.millrace.failure.FailureCode;

/**
 * What a publisher counts. Called by publishing threads and by the Kafka client's sender thread;
 * implementations are safe for several threads and return quickly.
 *
 * <p>Two equations hold at any time, a topic:
 *
 * <pre>
 * offered  = accepted + rejected
 * accepted = acknowledged + failed + in flight
 * </pre>
 *
 * <p>Alert when {@code failed} with an owner other than data grows, or when in flight stays high
 * while acknowledged stands still.
 */
public interface PublisherMetrics {

  /** Counts nothing. */
  PublisherMetrics NONE = new PublisherMetrics() {};

  /** A record passed its checks and was handed to the Kafka client; it is in flight. */
  default void accepted(String topic) {}

  /**
   * The broker has a record.
   *
   * @param bytes size of key and value before compression
   * @param nanos from the call of publish to the acknowledgement
   */
  default void acknowledged(String topic, int bytes, long nanos) {}

  /** A record that was accepted will not be published; its caller has it back. */
  default void failed(String topic, FailureCode code) {}

  /** A record did not pass its checks; it was never in flight. */
  default void rejected(String topic, FailureCode code) {}
}
