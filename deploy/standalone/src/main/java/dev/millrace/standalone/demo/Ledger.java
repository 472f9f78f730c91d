package dev.millrace.standalone.demo;

import dev.millrace.schema.Fold;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.Table;
import dev.millrace.schema.WindowOutput;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * Balances the books: reads every record in Kafka again, counts what must have become of it, and
 * asks the database what it has. Uses none of the pipeline's own counters. Used by one thread.
 */
final class Ledger implements AutoCloseable {
  private final List<TopicScan> scans;
  private final LogReader log;
  private final ReadProgress progress;
  private final TableCounts tables;

  Ledger(
      RecordCatalog catalog,
      SchemaRegistry registry,
      Map<String, String> kafka,
      ReadProgress progress,
      DSLContext database) {
    this.scans = catalog.types().stream().map(type -> new TopicScan(type, registry)).toList();
    this.log = new LogReader(kafka, scans);
    this.progress = progress;
    this.tables = new TableCounts(catalog, database);
  }

  /** The balance of every topic as of now; reads only what is new since the last call. */
  List<TopicBalance> balance() {
    log.advance();
    var read = progress.readBySink();
    var behind = progress.behindAggregator();
    return scans.stream()
        .map(
            scan -> {
              var topic = scan.type().topic();
              var unstored =
                  scan.type().table().isEmpty() ? 0 : scan.records() - read.getOrDefault(topic, 0L);
              return balance(scan, Math.max(unstored, behind.getOrDefault(topic, 0L)));
            })
        .toList();
  }

  private TopicBalance balance(TopicScan scan, long inFlight) {
    var type = scan.type();
    var stored = type.table();
    var window = type.fold().flatMap(Ledger::finestStored);
    return new TopicBalance(
        type.topic(),
        scan.records(),
        stored.map(Table::toString).orElse(null),
        stored.map(ignored -> scan.rows()).orElse(null),
        stored.map(ignored -> tables.rows(type)).orElse(null),
        window.map(ignored -> scan.samples()).orElse(null),
        window.map(finest -> tables.samples(finest, type.fold().orElseThrow())).orElse(null),
        window.map(finest -> scan.uncounted(finest.tier())).orElse(null),
        scan.deadLetters(),
        inFlight);
  }

  private static Optional<WindowOutput> finestStored(Fold fold) {
    return fold.windows().stream().filter(window -> window.type().table().isPresent()).findFirst();
  }

  @Override
  public void close() {
    log.close();
  }
}
