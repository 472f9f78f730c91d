package dev.millrace.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A JVM of its own that runs one embedded server until it is killed. */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final String address;

  private ServerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Runs in the child: starts the server, prints its address, and never ends by itself. */
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println(READY + start(arguments[0], Path.of(arguments[1])));
    new CountDownLatch(1).await();
  }

  private static String start(String server, Path folder) {
    return switch (server) {
      case "kafka" -> EmbeddedKafka.start(folder, Loopback.ANY_PORT).bootstrapServers();
      case "database" ->
          EmbeddedDatabase.start(folder, Loopback.ANY_PORT, Durability.SYNCED).jdbcUrl();
      default -> throw new IllegalArgumentException(server);
    };
  }

  static ServerProcess of(String server, Path folder) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName(),
            server,
            folder.toString());
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    var lines = new BufferedReader(output);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(READY)) {
        return new ServerProcess(process, line.substring(READY.length()));
      }
    }
    throw new IOException("the server process ended before it was ready: " + process);
  }

  /** Bootstrap server or JDBC URL. */
  String address() {
    return address;
  }

  /** Ends the JVM as a crash does: nothing is closed. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
