package dev.millrace.bench.aggregate;

import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.catalog.Millrace;
import dev.millrace.schema.Timing;
import dev.millrace.sink.write.SqlFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long after a window's end, and the grace that it waits for stragglers, its row can be read:
 * an aggregator and a sink of the default settings, samples at a steady rate whose event time is
 * now. The rows of the windows that should be there by now are counted every few milliseconds, and
 * a row has become visible when it is first counted. One thread, beside that of the publisher.
 */
final class WindowLatency {
  private static final int SAMPLES_A_SECOND = 20_000;
  private static final int SERIES = 2_000;
  private static final double LIMIT_MILLIS = 1_000;
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Duration GRACE = Timing.DEFAULT.grace();
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> JAVA = List.of("-Xmx1g", "-XX:+UseParallelGC");

  private final Path folder;
  private final Length length;
  private final PrintWriter out;
  private final List<Arrival> arrivals = new ArrayList<>();

  /** Rows by window that have been counted, of windows that are not complete. */
  private final TreeMap<Instant, Long> counted = new TreeMap<>();

  /**
   * How long it takes.
   *
   * @param warmUp seconds before the first round
   * @param rounds one after the other
   * @param seconds of a round
   */
  record Length(int warmUp, int rounds, int seconds) {

    private Instant begin(Instant first, int round) {
      return first.plusSeconds(warmUp + (long) round * seconds);
    }
  }

  /**
   * Rows that were first counted together.
   *
   * @param window its begin
   */
  private record Arrival(Instant window, long rows, double millis) {}

  WindowLatency(Path folder, Length length, PrintWriter out) {
    this.folder = folder;
    this.length = length;
    this.out = out;
  }

  /** The 99th percentile of each round. */
  Comparison measure() throws SQLException {
    out.printf("window_latency: %,d samples a second of %,d series%n", SAMPLES_A_SECOND, SERIES);
    out.flush();
    try (var site = Site.start(folder, Millrace.CATALOG);
        var aggregator = site.aggregator("aggregator", JAVA, Map.of());
        var sink = site.sink("sink", JAVA, Map.of())) {
      var samples = new StationSamples(SERIES, SAMPLES_A_SECOND);
      try (var publishing =
          new Publishing(List.of(samples), SAMPLES_A_SECOND, site.kafka(), site.registry())) {
        var begin = Instant.now();
        publishing.start();
        watch(site, begin);
        publishing.finish();
        out.printf("%s and %s ran throughout%n", aggregator, sink);
        return result(begin);
      }
    }
  }

  /** Looks for rows until those of the last round's windows have come. */
  private void watch(Site site, Instant begin) throws SQLException {
    var window = floor(length.begin(begin, 0));
    var end = floor(length.begin(begin, length.rounds));
    try (var connection = site.connect();
        var query = connection.prepareStatement(SqlFile.read(getClass(), "rows-of-windows.sql"))) {
      while (window.isBefore(end) || !counted.isEmpty()) {
        while (window.isBefore(end) && !visibleFrom(window).isAfter(Instant.now())) {
          counted.put(window, 0L);
          window = window.plus(WINDOW);
        }
        look(connection, query);
        requireNotAfter(end.plus(PATIENCE));
        var unused = Waiting.within(LOOK, () -> false);
      }
    }
  }

  private void requireNotAfter(Instant latest) {
    if (Instant.now().isAfter(latest)) {
      throw new IllegalStateException(
          "rows are missing of the windows %s after %s".formatted(counted, PATIENCE));
    }
  }

  private void look(Connection connection, PreparedStatement query) throws SQLException {
    var open = counted.keySet().stream().map(Timestamp::from).toArray();
    query.setArray(1, connection.createArrayOf("timestamptz", open));
    try (var rows = query.executeQuery()) {
      var now = Instant.now();
      while (rows.next()) {
        note(rows.getTimestamp(1).toInstant(), rows.getLong(2), now);
      }
    }
  }

  private void note(Instant window, long rows, Instant now) {
    var more = rows - counted.get(window);
    if (more > 0) {
      var millis = Duration.between(visibleFrom(window), now).toNanos() / 1e6;
      arrivals.add(new Arrival(window, more, millis));
    }
    if (rows == SERIES) {
      counted.remove(window);
    } else {
      counted.put(window, rows);
    }
  }

  private static Instant visibleFrom(Instant window) {
    return window.plus(WINDOW).plus(GRACE);
  }

  private static Instant floor(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() / WINDOW.toSeconds() * WINDOW.toSeconds());
  }

  private Comparison result(Instant begin) {
    var p50 = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    for (var round = 0; round < length.rounds; round++) {
      var from = floor(length.begin(begin, round));
      var to = floor(length.begin(begin, round + 1));
      var millis = new ArrayList<Double>();
      for (var arrival : arrivals) {
        if (!arrival.window().isBefore(from) && arrival.window().isBefore(to)) {
          for (var row = 0L; row < arrival.rows(); row++) {
            millis.add(arrival.millis());
          }
        }
      }
      p50.add(new Samples(millis).quantile(0.5));
      p99.add(new Samples(millis).quantile(0.99));
    }
    return Comparison.withLimit(
        AggregateBenchmark.WINDOW_LATENCY.title(),
        "ms at p99",
        new Samples(p99),
        LIMIT_MILLIS,
        Map.of("p50", new Samples(p50).median(), "samples/s", SAMPLES_A_SECOND));
  }
}
