package dev.millrace.standalone.demo;

import dev.millrace.standalone.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** One command of the product, in a process of its own that can be killed and started again. */
final class WorkerProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final List<String> java;
  private final Path log;
  private Process process;

  private List<String> arguments;

  private WorkerProcess(Path log, List<String> arguments) {
    this.log = log;
    this.arguments = arguments;
    this.java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName());
  }

  /** Starts {@code ./millrace arguments…} on this test's class path. */
  static WorkerProcess start(Path log, List<String> arguments) {
    var worker = new WorkerProcess(log, List.copyOf(arguments));
    worker.start();
    return worker;
  }

  private void start() {
    var command = new ArrayList<>(java);
    command.addAll(arguments);
    try {
      Files.createDirectories(log.getParent());
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** {@code kill -9}, and the same command again. */
  void killAndRestart() throws InterruptedException {
    process.destroyForcibly().waitFor();
    start();
  }

  /** Asks it to stop, and starts it with more arguments. */
  void restartWith(String... more) {
    close();
    var longer = new ArrayList<>(arguments);
    longer.addAll(List.of(more));
    arguments = List.copyOf(longer);
    start();
  }

  /** {@code kill -TERM}; the exit code, if it ends within the time. */
  OptionalInt terminate(Duration atMost) throws InterruptedException {
    process.destroy();
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to stop; kills it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
