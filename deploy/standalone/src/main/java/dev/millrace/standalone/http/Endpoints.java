package dev.millrace.standalone.http;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.failure.Health;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /metrics}, {@code /health/live} and {@code /health/ready} of one worker, for whoever can
 * reach the address: there is no login and no TLS.
 *
 * <p>Requests are served by two daemon threads; a client that dawdles over a request or an answer
 * is dropped after 10 s. Opened and closed by one thread.
 */
public final class Endpoints implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;

  static {
    // The JDK's server reads these once, when the first server is made, and knows no other way.
    // Without the first, the body waits 40 ms for an acknowledgement of the head.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    setUnlessGiven("sun.net.httpserver.maxReqTime", "10");
    setUnlessGiven("sun.net.httpserver.maxRspTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ListenAddress address;

  private Endpoints(HttpServer server, ExecutorService threads, ListenAddress address) {
    this.server = server;
    this.threads = threads;
    this.address = address;
  }

  /**
   * Listens, and answers from now on.
   *
   * @param meters writes the meters in Prometheus' text format
   * @param check asks the worker how it is; must not block
   * @throws MillraceException {@link HttpFailure}
   */
  public static Endpoints open(
      ListenAddress listen, Supplier<String> meters, Supplier<Health> check) {
    var server = bind(listen);
    var threads = Executors.newFixedThreadPool(THREADS, Endpoints::daemon);
    server.createContext("/", new Pages(pages(meters, check)));
    server.setExecutor(threads);
    server.start();
    return new Endpoints(
        server, threads, new ListenAddress(listen.host(), server.getAddress().getPort()));
  }

  private static Map<String, Supplier<Answer>> pages(
      Supplier<String> meters, Supplier<Health> check) {
    return Map.of(
        "/metrics", () -> Answer.meters(meters.get()),
        "/health/live", () -> live(check.get()),
        "/health/ready", () -> ready(check.get()));
  }

  private static Answer live(Health health) {
    return Answer.health(health, health.live());
  }

  private static Answer ready(Health health) {
    return Answer.health(health, health.ready());
  }

  private static HttpServer bind(ListenAddress listen) {
    try {
      return HttpServer.create(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
    } catch (IOException | RuntimeException refused) {
      throw new MillraceException(
          HttpFailure.CANNOT_LISTEN,
          "cannot listen on %s: %s. Does another program listen there, and is it an address of this machine? Choose another %s; with port 0 a free one is taken"
              .formatted(listen, refused.getMessage(), HttpConfig.LISTEN.name()),
          refused);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "millrace-http");
    thread.setDaemon(true);
    return thread;
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Where it listens, {@code http://host:port}. */
  public String url() {
    return "http://" + address;
  }

  /** Stops at once, requests under way included. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  public String toString() {
    return "Endpoints(" + url() + ")";
  }
}
