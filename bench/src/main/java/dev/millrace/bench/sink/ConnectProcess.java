package dev.millrace.bench.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.server.JavaProcess;
import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A standalone worker of Kafka Connect in a JVM of its own, with the same heap and collector as the
 * sink's. Connectors are added and removed by its REST interface, on a free port of 127.0.0.1. One
 * thread.
 */
final class ConnectProcess implements AutoCloseable {
  private static final String MAIN = "org.apache.kafka.connect.cli.ConnectStandalone";
  private static final List<String> OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;
  private static final int FIRST_ERROR = 400;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final JavaProcess process;
  private final URI address;

  private ConnectProcess(JavaProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a worker; returns when it answers.
   *
   * @param peers the built module of the peers
   * @param folder takes its files and its log
   */
  static ConnectProcess start(Path peers, BrokerProcess broker, Path folder) {
    try {
      var address =
          URI.create("http://127.0.0.1:" + Loopback.freePort(Loopback.ANY_PORT, "Kafka Connect"));
      var settings =
          Map.of(
              "bootstrap.servers", broker.bootstrapServers(),
              "key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
              "value.converter", "dev.millrace.bench.peers.AvroStructs",
              "value.converter.schema.registry.url", broker.registryUrl(),
              "offset.storage.file.filename", folder.resolve("connect.offsets").toString(),
              "plugin.path", peers.resolve("target/plugins").toString(),
              "listeners", address.toString());
      var file = folder.resolve("connect.properties");
      Files.writeString(
          file,
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining("\n")));
      var libraries = peers.resolve("target/lib") + File.separator + "*";
      var process =
          JavaProcess.startMute(
              libraries, MAIN, OPTIONS, List.of(file.toString()), folder.resolve("connect.log"));
      var worker = new ConnectProcess(process, address);
      worker.awaitStart();
      return worker;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot start Kafka Connect", failed);
    }
  }

  private void awaitStart() throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!process.alive() || System.nanoTime() > deadline) {
        process.close();
        throw new IOException("Kafka Connect does not answer at " + address);
      }
      pause();
    }
  }

  private boolean answers() {
    try {
      return send(HttpRequest.newBuilder(address.resolve("/connectors"))).statusCode()
          < FIRST_ERROR;
    } catch (IOException notYet) {
      return false;
    }
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  long processId() {
    return process.processId();
  }

  void add(String name, Map<String, String> settings) {
    try {
      var body = json.writeValueAsString(Map.of("name", name, "config", settings));
      require(
          send(
              HttpRequest.newBuilder(address.resolve("/connectors"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void remove(String name) {
    try {
      require(send(HttpRequest.newBuilder(address.resolve("/connectors/" + name)).DELETE()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Throws if the connector or its task has failed, with its trace.
   *
   * @throws MillraceException {@link PeerFailure#FAILED}
   */
  void requireRunning(String name) {
    try {
      var path = "/connectors/" + name + "/status";
      var status = send(HttpRequest.newBuilder(address.resolve(path))).body();
      if (status.contains("FAILED")) {
        throw new MillraceException(
            PeerFailure.FAILED, "the connector %s has failed: %s".formatted(name, status));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void require(HttpResponse<String> answer) {
    if (answer.statusCode() >= FIRST_ERROR) {
      throw new MillraceException(
          PeerFailure.FAILED, "Kafka Connect answers %s".formatted(answer.body()));
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
