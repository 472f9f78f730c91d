package dev.millrace.bench.soak;

import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.report.Target;
import dev.millrace.bench.server.ServerFacts;
import dev.millrace.bench.site.Books;
import dev.millrace.bench.site.Books.Sum;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.Events;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.bench.traffic.Readings;
import dev.millrace.bench.traffic.Traffic;
import dev.millrace.bench.traffic.Windows;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.sink.DatabaseConfig;
import java.io.IOException;
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

  private final Asked asked;
  private final Consumer<Sample.OfSink> tell;

  /** Prepares one; {@code tell} is told of each sample. */
  SinkSoak(Asked asked, Consumer<Sample.OfSink> tell) {
    this.asked = asked;
    this.tell = tell;
  }

  Report run() throws SQLException, IOException {
    var from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    var traffic = List.of(new Windows(1, from), new Events(1, from), new Readings(1, from));
    var types = traffic.stream().map(Traffic::type).toList();
    try (var site = Site.start(asked.folder(), new RecordCatalog(types));
        var publishing = new Publishing(traffic, asked.rate(), site.kafka(), site.registry());
        var sink = site.sink(NAME, JAVA, Map.of())) {
      var books = new Books(site);
      // The first claims: from here on it is the sink that is measured, not its start.
      Waiting.until("the sink to claim", DRAIN, () -> books.sum(Sum.EPOCH) > 0);
      publishing.start();
      var samples =
          new Sampler<>(asked, tell)
              .sample(sink, (seconds, probe) -> look(seconds, publishing, books, probe));
      publishing.finish();
      var results = new ArrayList<>(Verdict.ofSink(samples, asked.rate(), connections()));
      results.add(all(publishing, books));
      sink.endInOrder();
      return new Report("soak", machine(site), 1, results);
    }
  }

  private static int connections() {
    return DatabaseConfig.of("postgresql://localhost/any").poolSize();
  }

  private static Sample.OfSink look(
      double seconds, Publishing publishing, Books books, JvmProbe probe)
      throws SQLException, IOException {
    var published = publishing.published();
    var stored = books.sum(Sum.ROWS_STORED);
    var behind = Math.max(0, published - stored);
    return new Sample.OfSink(
        new Moment(seconds, stored, behind, probe.footprint()), books.sessions(NAME));
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

  private static Machine machine(Site site) throws SQLException {
    try (var connection = site.connect()) {
      return Machine.here().with("postgresql", ServerFacts.of(connection));
    }
  }
}
