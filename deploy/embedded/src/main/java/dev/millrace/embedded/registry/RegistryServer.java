package dev.millrace.embedded.registry;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema registry for Avro on the loopback address: the part of Confluent's REST interface that
 * clients use to write and read records. The compatibility level is BACKWARD until it is set. With
 * a journal, schemas keep their ids when the server is started again.
 *
 * <p>{@link #start} and {@link #close} are for one thread. Requests are served by two daemon
 * threads. Up at once.
 */
public final class RegistryServer implements AutoCloseable {
  private static final String NAME = "The schema registry";
  private static final int THREADS = 2;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  static {
    // The JDK's server sends head and body apart; without this the body waits 40 ms for an
    // acknowledgement of the head. It reads the property once, when the first server is made.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private static final AtomicInteger THREADS_STARTED = new AtomicInteger();

  private final HttpServer server;
  private final ExecutorService threads;
  private final Optional<RegistryJournal> journal;

  private RegistryServer(
      HttpServer server, ExecutorService threads, Optional<RegistryJournal> journal) {
    this.server = server;
    this.threads = threads;
    this.journal = journal;
  }

  /**
   * Starts a registry.
   *
   * @param journal file that keeps what is registered; created if it is not there; none keeps
   *     nothing
   * @param port 1 to 65535, or 0 for a free one
   * @throws MillraceException {@link EmbeddedFailure#PORT_IN_USE} or {@link
   *     EmbeddedFailure#UNUSABLE_DATA}
   */
  public static RegistryServer start(Optional<Path> journal, int port) {
    var server = bind(port);
    try {
      var store = new RegistryStore();
      var opened = journal.map(path -> RegistryJournal.open(path, store));
      var threads = Executors.newFixedThreadPool(THREADS, RegistryServer::daemon);
      server.createContext("/", new RegistryHandler(new RegistryApi(store, opened).routes()));
      server.setExecutor(threads);
      server.start();
      return new RegistryServer(server, threads, opened);
    } catch (RuntimeException failed) {
      server.stop(0);
      throw failed;
    }
  }

  private static HttpServer bind(int port) {
    try {
      return HttpServer.create(Loopback.socketAddress(port), 0);
    } catch (BindException taken) {
      throw Loopback.portInUse(port, NAME, taken);
    } catch (IOException failed) {
      throw new MillraceException(
          EmbeddedFailure.START_FAILED, "the schema registry did not start: " + failed, failed);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "registry-" + THREADS_STARTED.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Where clients connect, {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://" + Loopback.ADDRESS + ":" + server.getAddress().getPort();
  }

  /** Stops at once, requests under way included. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    journal.ifPresent(RegistryJournal::close);
  }

  @Override
  public String toString() {
    return "RegistryServer(" + url() + ")";
  }
}
