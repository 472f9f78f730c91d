package dev.millrace.bench.soak;

import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.report.Target;
import dev.millrace.bench.server.ServerFacts;
import dev.millrace.bench.site.Books;
import dev.millrace.bench.site.Books.Sum;
import dev.millrace.bench.site.ProductProcess;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.SiteFailure;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.Events;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.bench.traffic.Readings;
import dev.millrace.bench.traffic.Traffic;
import dev.millrace.bench.traffic.Windows;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.sink.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One sink process as it is out of the box, three topics with their tables' indexes, one rate.
 * Samples are taken while it runs, and at the end every record must be stored. One thread, beside
 * that of the publisher.
 */
final class SinkSoak {
  private static final String NAME = "soak";
  private static final List<String> JAVA = List.of("-Xmx1g", "-XX:+UseParallelGC");
  private static final Duration DRAIN = Duration.ofMinutes(2);

  private final Options options;
  private final Consumer<Sample> tell;

  /**
   * What is asked for.
   *
   * @param folder for the servers' data and the sink's log
   * @param rate records a second, of all topics
   * @param length how long records are published
   * @param every time between two samples
   */
  record Options(Path folder, int rate, Duration length, Duration every) {}

  /** Prepares one; {@code tell} is told of each sample. */
  SinkSoak(Options options, Consumer<Sample> tell) {
    this.options = options;
    this.tell = tell;
  }

  Report run() throws SQLException, IOException {
    var from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    var traffic = List.of(new Windows(1, from), new Events(1, from), new Readings(1, from));
    var types = traffic.stream().map(Traffic::type).toList();
    try (var site = Site.start(options.folder(), new RecordCatalog(types));
        var publishing = new Publishing(traffic, options.rate(), site.kafka(), site.registry());
        var sink = site.sink(NAME, JAVA, Map.of())) {
      var books = new Books(site);
      // The first claims: from here on it is the sink that is measured, not its start.
      Waiting.until("the sink to claim", DRAIN, () -> books.sum(Sum.EPOCH) > 0);
      publishing.start();
      var samples = sample(publishing, books, sink);
      publishing.finish();
      var results = new ArrayList<>(new Verdict(samples, options.rate(), connections()).results());
      results.add(all(publishing, books));
      requireOrderlyEnd(sink);
      return new Report("soak", machine(site), 1, results);
    }
  }

  private static int connections() {
    return DatabaseConfig.of("postgresql://localhost/any").poolSize();
  }

  private List<Sample> sample(Publishing publishing, Books books, ProductProcess sink)
      throws SQLException, IOException {
    var samples = new ArrayList<Sample>();
    var begin = System.nanoTime();
    try (var probe = JvmProbe.attach(sink.processId())) {
      while (samples.size() < options.length().dividedBy(options.every())) {
        var due = begin + options.every().multipliedBy(samples.size() + 1L).toNanos();
        var unused = Waiting.within(Duration.ofNanos(due - System.nanoTime()), () -> false);
        var published = publishing.published();
        var stored = books.sum(Sum.ROWS_STORED);
        var sample =
            new Sample(
                (System.nanoTime() - begin) / 1e9,
                stored,
                Math.max(0, published - stored),
                probe.heapBytes(),
                probe.residentBytes(),
                books.sessions(NAME),
                probe.openFiles());
        samples.add(sample);
        tell.accept(sample);
      }
    }
    return samples;
  }

  private static Comparison all(Publishing publishing, Books books) throws SQLException {
    var unused = Waiting.within(DRAIN, () -> books.sum(Sum.RECORDS_READ) >= publishing.published());
    return new Comparison(
        "stored",
        "rows",
        Samples.of((double) books.sum(Sum.ROWS_STORED)),
        Samples.of((double) publishing.published()),
        "published",
        Target.atLeast(1),
        Map.of("dead_letters", books.sum(Sum.DEAD_LETTERED)));
  }

  private static void requireOrderlyEnd(ProductProcess sink) {
    sink.close();
    if (sink.exitCode() != 0) {
      throw new MillraceException(
          SiteFailure.ENDED,
          "%s has ended with exit code %d; its log is %s"
              .formatted(sink, sink.exitCode(), sink.log()));
    }
  }

  private static Machine machine(Site site) throws SQLException {
    try (var connection = site.connect()) {
      return Machine.here().with("postgresql", ServerFacts.of(connection));
    }
  }
}
