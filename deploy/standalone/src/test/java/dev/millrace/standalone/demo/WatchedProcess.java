package dev.millrace.standalone.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A worker's command in a process of its own, as one who watches it over HTTP sees it. */
final class WatchedProcess implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern ADDRESS = Pattern.compile("millrace: (http://\\S+)/metrics");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path log;
  private final WorkerProcess process;
  private final String url;

  private WatchedProcess(Path log, WorkerProcess process) {
    this.log = log;
    this.process = process;
    this.url =
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  var address = ADDRESS.matcher(log());
                  return address.find() ? address.group(1) : "";
                },
                found -> !found.isEmpty());
  }

  /** Starts it, and waits until it can be watched. */
  static WatchedProcess start(Path log, List<String> arguments) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var all = new ArrayList<>(arguments);
    all.addAll(List.of("--http-listen", ":0"));
    return new WatchedProcess(log, WorkerProcess.start(log, all));
  }

  HttpResponse<String> get(String path) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10)).build();
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  boolean isReady() {
    return get("/health/ready").statusCode() == 200;
  }

  void awaitReady() {
    await().atMost(PATIENCE).until(this::isReady);
  }

  Scrape scrape() {
    return new Scrape(get("/metrics").body());
  }

  /** What it has written to stderr. */
  String log() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** {@code kill -TERM}; the exit code, if it ends within the time. */
  OptionalInt terminate(Duration atMost) throws InterruptedException {
    return process.terminate(atMost);
  }

  @Override
  public void close() {
    process.close();
  }
}
