package dev.millrace.standalone.cli;

import dev.millrace.failure.Health;
import dev.millrace.failure.MillraceException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a long-running command end in order when the process is asked to stop (SIGTERM, Ctrl-C): the
 * command is told, closes what it opened, and only then does the process end, with the command's
 * own exit code. Opened before anything else, and so closed after it.
 */
final class Ending implements AutoCloseable {
  private static final int ORDERLY_SECONDS = 180;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int code = CommandErrors.BUG;

  Ending() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "millrace-stop"));
  }

  /** Opens once the process is asked to stop. */
  CountDownLatch asked() {
    return asked;
  }

  /** Whether the process has been asked to stop. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Notes the exit code of the command, and returns it. */
  int with(int exitCode) {
    code = exitCode;
    return exitCode;
  }

  /**
   * Waits until the process is asked to stop.
   *
   * @param watchedAt where it can be watched, if anywhere
   * @param check asks the component how it is
   * @return exit code 0
   * @throws MillraceException if the component has ended by itself
   */
  int await(String name, PrintWriter err, Optional<String> watchedAt, Supplier<Health> check)
      throws InterruptedException {
    watchedAt.ifPresent(
        url -> err.println("millrace: " + url + "/metrics, /health/live, /health/ready"));
    err.println("millrace: " + name + " is running; Ctrl-C stops it");
    err.flush();
    while (!asked.await(1, TimeUnit.SECONDS)) {
      var health = check.get();
      if (!health.live()) {
        throw new MillraceException(
            CommandFailure.WORKER_ENDED,
            "the %s has ended: %s".formatted(name, String.join("; ", health.reasons())));
      }
    }
    return with(0);
  }

  /** A shutdown hook: the process goes on until this returns. */
  private void end() {
    var signalled = closed.getCount() > 0;
    asked.countDown();
    try {
      var orderly = closed.await(ORDERLY_SECONDS, TimeUnit.SECONDS);
      if (signalled && orderly) {
        Runtime.getRuntime().halt(code); // A signal's own code would hide the command's.
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
