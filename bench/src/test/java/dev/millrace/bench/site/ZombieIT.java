package dev.millrace.bench.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.site.Books.Sum;
import dev.millrace.bench.site.Gate.Place;
import dev.millrace.bench.traffic.FinalRows;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.bench.traffic.TableCheck;
import dev.millrace.bench.traffic.Traffic;
import dev.millrace.bench.traffic.Windows;
import dev.millrace.schema.RecordCatalog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sink that is stopped beyond its session (SIGSTOP), replaced, and resumed: it commits nothing
 * under its old claims, and wherever it stood, its successor does not wait for it.
 */
@Timeout(120)
class ZombieIT {
  /** Session, rebalance and takeover; less than the minute a transaction may idle. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int RECORDS = 400;
  private static final Traffic WINDOWS = new Windows(1, Instant.now().minus(Duration.ofHours(1)));
  private static final List<String> SINKS = List.of("one", "other");

  /** Who moved which partition, under which claim. */
  private static final String WITNESS =
      """
      CREATE TABLE public.moves (id serial, sink text, partition int, epoch bigint);
      CREATE FUNCTION public.witness() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.moves (sink, partition, epoch)
        VALUES (current_setting('application_name'), NEW.partition, NEW.epoch);
        RETURN NULL;
      END $$;
      CREATE TRIGGER witness AFTER UPDATE OF next_offset ON millrace.sink_progress
      FOR EACH ROW EXECUTE FUNCTION public.witness();
      """;

  private static final String MOVED_UNDER_AN_OLD_CLAIM =
      """
      SELECT count(*) FROM public.moves m
      WHERE m.sink = ? AND m.id > ? AND EXISTS (
        SELECT FROM public.moves o
        WHERE o.partition = m.partition AND o.epoch > m.epoch AND o.id < m.id)
      """;

  @TempDir static Path folder;
  private static Site site;
  private static Publishing publishing;
  private static Books books;
  private static Gate gate;
  private static List<ProductProcess> sinks;

  @BeforeAll
  static void start() throws SQLException {
    site = Site.start(folder, new RecordCatalog(List.of(WINDOWS.type())));
    publishing = new Publishing(List.of(WINDOWS), 1, site.kafka(), site.registry());
    books = new Books(site);
    gate = new Gate(site, List.of(WINDOWS.type()));
    DSL.using(site.connect(), SQLDialect.POSTGRES).execute(WITNESS);
    sinks = SINKS.stream().map(ZombieIT::sink).toList();
  }

  private static ProductProcess sink(String name) {
    return site.sink(
        name,
        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        Map.of(
            "sink.maintain_interval_ms", "0",
            "sink.batch_rows", "50",
            "sink.max_poll_interval_ms", "2000",
            "kafka.session.timeout.ms", "1500",
            "kafka.heartbeat.interval.ms", "300"));
  }

  @AfterAll
  static void stop() {
    sinks.forEach(ProductProcess::kill);
    publishing.close();
    site.close();
  }

  @Test
  void stoppedBetweenTwoBatches() throws SQLException {
    awaitBothAtWork();
    var zombie = sinks.get(0);
    zombie.pause();
    takeOver(zombie);
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_COPY", "BEFORE_COMMIT"})
  void stoppedInItsTransaction(Place place) throws SQLException {
    awaitBothAtWork();
    var publisher = new Thread(() -> publishing.publish(RECORDS));
    publisher.start();
    var held = gate.hold(place, SINKS, name -> find(name).pause());
    join(publisher);
    takeOver(find(held.orElseThrow()));
  }

  /** Everything is stored while the zombie sleeps; awake, it takes part again under new claims. */
  private static void takeOver(ProductProcess zombie) throws SQLException {
    publishing.publish(RECORDS);
    awaitAllRead();
    var seen = number("SELECT coalesce(max(id), 0) FROM public.moves");
    zombie.resume();
    publishing.publish(RECORDS);
    awaitAllRead();
    awaitBothAtWork();

    assertThat(movedUnderAnOldClaim(zombie.name(), seen)).isZero();
    assertThat(books.sum(Sum.ROWS_STORED)).isEqualTo(publishing.published());
    assertThat(books.sum(Sum.NEXT_OFFSET)).isEqualTo(publishing.published());
    try (var connection = site.connect()) {
      var outcome =
          new TableCheck(DSL.using(connection, SQLDialect.POSTGRES))
              .check(WINDOWS.type(), FinalRows.of(WINDOWS, publishing.published()));
      assertThat(outcome.holds()).as(outcome.toString()).isTrue();
    }
  }

  /** Until each of the two moves a partition, as long as records come. */
  private static void awaitBothAtWork() throws SQLException {
    var seen = number("SELECT coalesce(max(id), 0) FROM public.moves");
    Waiting.until(
        "both sinks to store",
        PATIENCE,
        () -> {
          publishing.publish(40);
          return number("SELECT count(DISTINCT sink) FROM public.moves WHERE id > " + seen) == 2;
        });
    awaitAllRead();
  }

  private static void awaitAllRead() {
    Waiting.until(
        "all records to be stored",
        PATIENCE,
        () -> books.sum(Sum.RECORDS_READ) == publishing.published());
  }

  private static ProductProcess find(String name) {
    return sinks.stream().filter(sink -> sink.name().equals(name)).findFirst().orElseThrow();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long number(String sql) throws SQLException {
    try (var connection = site.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long movedUnderAnOldClaim(String sink, long since) throws SQLException {
    try (var connection = site.connect();
        var statement = connection.prepareStatement(MOVED_UNDER_AN_OLD_CLAIM)) {
      statement.setString(1, sink);
      statement.setLong(2, since);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
