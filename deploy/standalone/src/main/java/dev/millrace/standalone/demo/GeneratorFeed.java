package dev.millrace.standalone.demo;

import dev.millrace.producer.Publisher;
import dev.millrace.producer.generator.AudioGenerator;
import dev.millrace.producer.generator.Injection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;

/**
 * Publishes what a generator makes: the past as fast as the pipeline takes it, then the present as it
 * comes. Has a thread of its own until it is closed. A record that cannot be published ends it.
 */
public final class GeneratorFeed implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;

  private final AudioGenerator generator;
  private final Publisher publisher;
  private final InstantSource clock;
  private final Instant end;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "generator-feed");
  private volatile boolean stopped;
  private long published;

  /**
   * Prepares the feed.
   *
   * @param end event time to stop at; {@link Instant#MAX} for never
   */
  public GeneratorFeed(
      AudioGenerator generator, Publisher publisher, InstantSource clock, Instant end) {
    this.generator = generator;
    this.publisher = publisher;
    this.clock = clock;
    this.end = end;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!stopped && failure.get() == null && generator.position().isBefore(end)) {
      if (generator.position().isAfter(clock.instant())) {
        LockSupport.parkNanos(PAUSE_NANOS);
      } else {
        generator.tick().forEach(this::publish);
      }
    }
  }

  private void publish(SpecificRecord record) {
    published++;
    CompletableFuture<?> outcome = publisher.publish(record);
    var unused =
        outcome.whenComplete(
            (done, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
  }

  /** Waits until the end is reached or the feed has failed. */
  public void await() throws InterruptedException {
    thread.join();
    throwFailure();
  }

  /** Records published so far, traces among them; to be asked once the feed has ended. */
  public long published() {
    return published;
  }

  /** Whether the feed still publishes. */
  public boolean running() {
    return thread.isAlive();
  }

  /** The injections that lie wholly in what was published; to be asked once the feed is closed. */
  public List<Injection> injections() {
    return generator.injections().stream()
        .filter(injection -> !injection.to().isAfter(generator.position()))
        .toList();
  }

  private void throwFailure() {
    if (failure.get() instanceof RuntimeException known) {
      throw known;
    } else if (failure.get() != null) {
      throw new IllegalStateException("publishing failed", failure.get());
    }
  }

  /** Stops publishing and waits until what was published is acknowledged. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    publisher.flush();
    throwFailure();
  }
}
