package dev.millrace.bench.site;

import dev.millrace.bench.server.ServerFailure;
import dev.millrace.failure.MillraceException;
import dev.millrace.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of {@code ./millrace} as a process of its own, on this program's class path, which
 * signals can be sent to. Up in one to two seconds of a processor. One thread.
 */
public final class ProductProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final String name;
  private final Path log;
  private final Process process;

  private ProductProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts one; it connects in its own time.
   *
   * @param name what it is called here; a sink calls itself so to the database
   * @param logs folder of {@code NAME.log}, created if it is not there
   * @param java options of the JVM
   * @param arguments the command, and its own
   */
  static ProductProcess start(String name, Path logs, List<String> java, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(arguments);
    var log = logs.resolve(name + ".log");
    try {
      Files.createDirectories(logs);
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ProductProcess(name, log, process);
    } catch (IOException failed) {
      throw new MillraceException(
          ServerFailure.START_FAILED,
          "cannot start %s: %s".formatted(name, failed.getMessage()),
          failed);
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** What the database knows a sink by: {@code application_name} of its connections. */
  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  public long processId() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Exit code of a process that has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGSTOP: it does nothing until {@link #resume}, and its connections stay open. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** SIGTERM, without waiting for the end. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Asks it to stop, as {@link #close} does.
   *
   * @throws MillraceException {@link SiteFailure#ENDED} if it does not end with exit code 0
   */
  public void endInOrder() {
    close();
    if (exitCode() != 0) {
      throw new MillraceException(
          SiteFailure.ENDED,
          "%s has ended with exit code %d; its log is %s".formatted(this, exitCode(), log));
    }
  }

  private void signal(String signal) {
    try {
      var sent = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
      if (sent.waitFor() != 0) {
        throw refused(signal, null);
      }
    } catch (IOException failed) {
      throw refused(signal, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw refused(signal, interrupted);
    }
  }

  private MillraceException refused(String signal, Exception cause) {
    return new MillraceException(
        ServerFailure.REFUSED, "cannot send SIG%s to %s".formatted(signal, this), cause);
  }

  private boolean await() {
    try {
      return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** SIGTERM, and SIGKILL if it has not ended within {@value #STOP_SECONDS} s. */
  @Override
  public void close() {
    process.destroy();
    if (!await()) {
      kill();
    }
  }

  @Override
  public String toString() {
    return "%s (process %d)".formatted(name, process.pid());
  }
}
