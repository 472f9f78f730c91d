package dev.millrace.bench.server;

import dev.millrace.failure.MillraceException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that is talked with by lines: what it is told goes to its standard input, what
 * it answers comes from its standard output, and what it logs goes to a file. Ended with this JVM,
 * if not before. One thread.
 */
public final class JavaProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final Path log;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.log = log;
  }

  /**
   * Starts a main class on this JVM's class path.
   *
   * @param options of the JVM
   * @param log takes what it writes to its standard error; appended to
   */
  public static JavaProcess start(
      Class<?> main, List<String> options, List<String> arguments, Path log) {
    var classPath = System.getProperty("java.class.path");
    return start(command(classPath, main.getName(), options, arguments), log, Redirect.PIPE);
  }

  /** Starts a program on a class path of its own, which says nothing that is to be read. */
  public static JavaProcess startMute(
      String classPath, String main, List<String> options, List<String> arguments, Path log) {
    var output = Redirect.appendTo(log.toFile());
    return start(command(classPath, main, options, arguments), log, output);
  }

  private static List<String> command(
      String classPath, String main, List<String> options, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }

  private static JavaProcess start(List<String> command, Path log, Redirect output) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var process =
          new ProcessBuilder(command)
              .redirectOutput(output)
              .redirectError(Redirect.appendTo(log.toFile()))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "process-closer"));
      return new JavaProcess(process, log);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot start " + command, failed);
    }
  }

  public long processId() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Sends one line. */
  public void tell(String line) {
    try {
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException gone) {
      throw ended(gone);
    }
  }

  /**
   * The next line it writes; waits for it.
   *
   * @throws MillraceException {@link ServerFailure#ENDED} if it ends instead
   */
  public String answer() {
    try {
      var line = out.readLine();
      if (line == null) {
        throw ended(null);
      }
      return line;
    } catch (IOException gone) {
      throw ended(gone);
    }
  }

  private MillraceException ended(Exception cause) {
    return new MillraceException(
        ServerFailure.ENDED,
        "the process %d has ended by itself; its log is %s".formatted(process.pid(), log),
        cause);
  }

  /** {@code kill -9}; returns when it has ended. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end (SIGTERM), and kills it if it does not. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd()) {
      kill();
    }
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
