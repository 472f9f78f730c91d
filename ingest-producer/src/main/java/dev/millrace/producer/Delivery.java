package dev.millrace.producer;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One record in flight: ends its caller's future once, and has it counted how it ended. Called by
 * the Kafka client's sender thread, or by the publishing thread where the client refuses at once.
 */
final class Delivery implements Callback {
  private final String topic;
  private final int bytes;
  private final long startNanos = System.nanoTime();
  private final Ledger ledger;
  private final CompletableFuture<Published> future = new CompletableFuture<>();

  /** Begins a delivery: the record counts as in flight. */
  Delivery(String topic, int bytes, Ledger ledger) {
    this.topic = topic;
    this.bytes = bytes;
    this.ledger = ledger;
    ledger.accepted(topic);
  }

  CompletableFuture<Published> future() {
    return future;
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception failure) {
    if (failure != null) {
      fail(failure);
    } else if (!future.isDone()) {
      ledger.acknowledged(topic, bytes, System.nanoTime() - startNanos);
      future.complete(new Published(topic, metadata.partition(), metadata.offset()));
    }
  }

  void fail(Exception failure) {
    if (!future.isDone()) {
      future.completeExceptionally(ledger.failed(topic, failure));
    }
  }
}
