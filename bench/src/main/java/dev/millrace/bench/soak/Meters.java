package dev.millrace.bench.soak;

import dev.millrace.bench.site.ProductProcess;
import dev.millrace.bench.site.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The meters of a process that serves them on a free port, which its log names. Read as a scraper
 * does. One thread.
 */
final class Meters {
  /** What has the process serve them. */
  static final String LISTEN = "http.listen";

  static final String ANY_PORT = "127.0.0.1:0";

  private static final Pattern ADDRESS = Pattern.compile("(http://\\S+/metrics)");
  private static final Duration START = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI page;

  private Meters(URI page) {
    this.page = page;
  }

  /** The meters of a process; returns when it says that it is ready. */
  static Meters ofReady(ProductProcess process) {
    Waiting.until(process + " to say where its meters are", START, () -> page(process).isPresent());
    var meters = new Meters(page(process).orElseThrow());
    Waiting.until(process + " to be ready", START, () -> meters.scrape().sum("millrace_ready") > 0);
    return meters;
  }

  private static Optional<URI> page(ProductProcess process) {
    try (var lines = Files.lines(process.log())) {
      return lines
          .map(ADDRESS::matcher)
          .filter(address -> address.find())
          .map(address -> URI.create(address.group(1)))
          .findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + process.log(), unreadable);
    }
  }

  /** What a page held. */
  record Page(List<String> lines) {

    /** A whole number, of all topics and partitions together; 0 if there is none of that name. */
    long sum(String name) {
      var sum =
          lines.stream()
              .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
      return Math.round(sum);
    }
  }

  Page scrape() {
    try {
      var answer = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofLines());
      return new Page(answer.body().toList());
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + page, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + page, interrupted);
    }
  }
}
