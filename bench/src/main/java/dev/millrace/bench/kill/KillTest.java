package dev.millrace.bench.kill;

import dev.millrace.bench.rounds.Asked;
import dev.millrace.bench.site.Books;
import dev.millrace.bench.site.Books.Sum;
import dev.millrace.bench.site.Gate;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.FinalRows;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.bench.traffic.TableCheck;
import dev.millrace.bench.traffic.Traffic;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Publishes without a pause, and round by round kills, stops or moves something; at the end every
 * record must be in its table once. One thread, beside that of the publisher.
 */
final class KillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration DRAIN = Duration.ofSeconds(180);
  private static final String SESSION_MILLIS = "1500";

  /** Deaths are noticed soon, batches are small and many, and outages are soon over. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("sink.group_id", "kill"),
          Map.entry("sink.maintain_interval_ms", "0"),
          Map.entry("sink.batch_rows", "500"),
          Map.entry("sink.retry_backoff_ms", "50"),
          Map.entry("sink.retry_backoff_max_ms", "500"),
          Map.entry("sink.max_poll_interval_ms", "3000"),
          Map.entry("kafka.session.timeout.ms", SESSION_MILLIS),
          Map.entry("kafka.heartbeat.interval.ms", "300"),
          Map.entry("kafka.reconnect.backoff.max.ms", "300"),
          Map.entry("kafka.metadata.max.age.ms", "3000"));

  private final Asked options;
  private final Consumer<String> tell;

  /** Prepares one; {@code tell} is told of each round. */
  KillTest(Asked options, Consumer<String> tell) {
    this.options = options;
    this.tell = tell;
  }

  KillReport run() throws SQLException {
    var begin = System.nanoTime();
    var from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    var traffic = Traffic.ofEveryKind(options.seed(), from);
    var types = traffic.stream().map(Traffic::type).toList();
    var random = new Random(options.seed());
    try (var site = Site.start(options.folder(), new RecordCatalog(types));
        var publishing = new Publishing(traffic, options.rate(), site.kafka(), site.registry());
        var fleet = new Fleet(site, KEYS, random)) {
      var books = new Books(site);
      var acts = new Acts(site, fleet, books, new Gate(site, types), random);
      publishing.start();
      fleet.add();
      fleet.add();
      awaitProgress(books, fleet, "the first records");
      var order = Act.rounds(options.rounds(), random);
      for (var round = 0; round < order.size(); round++) {
        perform(round, order.get(round), acts, books, fleet);
      }
      drain(publishing, books, fleet);
      var topics = check(site, books, traffic, publishing);
      return new KillReport(
          options.seed(),
          options.rounds(),
          acts.counts(),
          acts.kills(),
          Duration.ofNanos(System.nanoTime() - begin),
          topics);
    }
  }

  private void perform(int round, Act act, Acts acts, Books books, Fleet fleet)
      throws SQLException {
    var begin = System.nanoTime();
    acts.perform(act);
    awaitProgress(books, fleet, "records after " + act.label());
    tell.accept(
        "round %d of %d: %s, %d sinks, going on after %,d ms"
            .formatted(
                round + 1,
                options.rounds(),
                act.label(),
                fleet.size(),
                (System.nanoTime() - begin) / 1_000_000));
  }

  /** Until more is stored than when this was called. */
  private static void awaitProgress(Books books, Fleet fleet, String what) {
    var before = new long[] {-1};
    Waiting.until(
        what + " to be stored",
        PATIENCE,
        () -> {
          fleet.mend();
          var now = books.sum(Sum.RECORDS_READ);
          if (before[0] < 0) {
            before[0] = now;
          }
          return now > before[0];
        });
  }

  private static void drain(Publishing publishing, Books books, Fleet fleet) {
    publishing.finish();
    Waiting.until(
        "all %,d records to be read".formatted(publishing.published()),
        DRAIN,
        () -> {
          fleet.mend();
          return books.sum(Sum.RECORDS_READ) >= publishing.published();
        });
    fleet.stop();
  }

  private static List<KillReport.Topic> check(
      Site site, Books books, List<Traffic> traffic, Publishing publishing) throws SQLException {
    var topics = new ArrayList<KillReport.Topic>();
    try (var connection = site.connect()) {
      var tables = new TableCheck(DSL.using(connection, SQLDialect.POSTGRES));
      for (var each : traffic) {
        var published = publishing.published(traffic.indexOf(each));
        topics.add(
            topic(
                each.type(),
                published,
                books,
                tables.check(each.type(), FinalRows.of(each, published))));
      }
    }
    return topics;
  }

  private static KillReport.Topic topic(
      RecordType type, long published, Books books, TableCheck.Outcome table) throws SQLException {
    return new KillReport.Topic(
        type.topic(),
        published,
        books.sum(Sum.RECORDS_READ, type.topic()),
        books.sum(Sum.ROWS_STORED, type.topic()),
        books.sum(Sum.DEAD_LETTERED, type.topic()),
        table);
  }
}
