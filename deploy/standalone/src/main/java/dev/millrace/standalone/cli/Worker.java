package dev.millrace.standalone.cli;

import dev.millrace.failure.MillraceException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps a command running while its component does: until the process is asked to stop (SIGTERM,
 * Ctrl-C), or the component has failed. Opened before the component and so closed after it: the
 * process, once asked to stop, ends when this is closed.
 */
final class Worker implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final String name;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  Worker(String name) {
    this.name = name;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, name + "-stop"));
  }

  /**
   * Waits for the end.
   *
   * @param failure why the component has ended, once it has
   * @return exit code 0
   * @throws MillraceException if the component failed
   */
  int runUntilStopped(PrintWriter err, Supplier<Optional<String>> failure)
      throws InterruptedException {
    err.println("millrace: " + name + " is running; Ctrl-C stops it");
    err.flush();
    while (!stop.await(1, TimeUnit.SECONDS)) {
      var why = failure.get();
      if (why.isPresent()) {
        throw new MillraceException(
            CommandFailure.WORKER_ENDED, "the %s has ended: %s".formatted(name, why.get()));
      }
    }
    return 0;
  }

  /** Runs as a shutdown hook: the process goes on until all hooks have returned. */
  private void stop() {
    stop.countDown();
    try {
      var unused = closed.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
