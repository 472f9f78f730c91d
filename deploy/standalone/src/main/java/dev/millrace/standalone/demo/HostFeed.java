package dev.millrace.standalone.demo;

import dev.millrace.producer.Publisher;
import dev.millrace.producer.host.HostSource;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/**
 * Publishes what this machine measures of itself and of the way to the demo's servers, once a second.
 * Has a thread of its own. A record that cannot be published ends it.
 */
final class HostFeed implements AutoCloseable {
  private final Publisher publisher;
  private final HostSource source;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "host-feed"));
  private Future<?> sweeps;

  HostFeed(Publisher publisher, Pipeline.Addresses servers) {
    this.publisher = publisher;
    this.source = HostSource.ofThisMachine(targets(servers), InstantSource.system());
  }

  private static List<InetSocketAddress> targets(Pipeline.Addresses servers) {
    return List.of(
        address(URI.create("kafka://" + servers.bootstrapServer())),
        address(URI.create(servers.registryUrl())),
        address(URI.create(servers.jdbcUrl().substring("jdbc:".length()))));
  }

  private static InetSocketAddress address(URI uri) {
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  void start() {
    sweeps = timer.scheduleAtFixedRate(this::sweep, 0, 1, TimeUnit.SECONDS);
  }

  private void sweep() {
    for (SpecificRecord record : source.sweep()) {
      publisher.publish(record).join();
    }
  }

  /** Throws what ended the feed, if anything has. */
  void requireHealthy() throws InterruptedException {
    if (sweeps.isDone()) {
      try {
        sweeps.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException("measuring this machine failed", failed.getCause());
      }
    }
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
