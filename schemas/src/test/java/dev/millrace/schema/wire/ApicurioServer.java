package dev.millrace.schema.wire;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Apicurio Registry, in memory, as a child process on a free loopback port. */
final class ApicurioServer implements AutoCloseable {
  static final int NEEDS_JAVA = 21;

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Path LOG = Path.of("target", "apicurio.log");

  private final Process process;
  private final String url;

  private ApicurioServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts the server that the build unpacked, and waits until it answers. */
  static ApicurioServer start(Path java, Path unpacked) throws IOException {
    var port = freePort();
    var command =
        List.of(
            java.toString(),
            "-Xmx384m",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-jar",
            unpacked.resolve("quarkus-run.jar").toAbsolutePath().toString());
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
    var server = new ApicurioServer(process, "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port));
    try {
      await("Apicurio Registry is up; its log is " + LOG)
          .atMost(START_LIMIT)
          .failFast("Apicurio Registry ended; its log is " + LOG, () -> !process.isAlive())
          .until(server::answers);
      return server;
    } catch (RuntimeException notUp) {
      server.close();
      throw notUp;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Base of its Confluent-compatible calls. */
  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
