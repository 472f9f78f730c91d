package dev.millrace.standalone.demo;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Table;
import dev.millrace.schema.WindowOutput;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Balances the books: reads every record in Kafka again, counts what must have become of it, and
 * asks the database what it has. Uses none of the pipeline's own counters. Used by one thread.
 */
final class Ledger implements AutoCloseable {
  private final List<TopicScan> scans;
  private final LogReader log;
  private final ReadProgress progress;
  private final DSLContext database;

  Ledger(
      RecordCatalog catalog,
      SchemaRegistry registry,
      Map<String, String> kafka,
      ReadProgress progress,
      DSLContext database) {
    this.scans = catalog.types().stream().map(type -> new TopicScan(type, registry)).toList();
    this.log = new LogReader(kafka, scans);
    this.progress = progress;
    this.database = database;
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
        stored.map(this::count).orElse(null),
        window.map(ignored -> scan.samples()).orElse(null),
        window.map(finest -> samplesIn(finest, type.fold().orElseThrow())).orElse(null),
        window.map(finest -> scan.uncounted(finest.tier())).orElse(null),
        scan.deadLetters(),
        inFlight);
  }

  private static Optional<WindowOutput> finestStored(Fold fold) {
    return fold.windows().stream().filter(window -> window.type().table().isPresent()).findFirst();
  }

  private long count(Table counted) {
    return database.fetchCount(table(name(counted.schema(), counted.name())));
  }

  private long samplesIn(WindowOutput window, Fold fold) {
    var stored = window.type().table().orElseThrow();
    Field<Long> count = field(name(window.layout().statistics().get(Statistic.COUNT)), Long.class);
    var total =
        database
            .select(sum(count))
            .from(table(name(stored.schema(), stored.name())))
            .where(ofMetrics(window, fold))
            .fetchSingle()
            .value1();
    return total == null ? 0 : total.longValueExact();
  }

  /** Several record types may share a table of windows; each has its own metrics. */
  private static Condition ofMetrics(WindowOutput window, Fold fold) {
    var names =
        fold.measures().stream()
            .map(Measure::metric)
            .filter(Measure.Metric.Named.class::isInstance)
            .map(metric -> ((Measure.Metric.Named) metric).name())
            .collect(Collectors.toSet());
    var metric = field(name(window.layout().metric()), String.class);
    return names.isEmpty() ? noCondition() : metric.in(names);
  }

  @Override
  public void close() {
    log.close();
  }
}
