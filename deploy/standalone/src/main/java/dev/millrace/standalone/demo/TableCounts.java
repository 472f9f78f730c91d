package dev.millrace.standalone.demo;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Table;
import dev.millrace.schema.WindowOutput;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.types.YearToSecond;

/**
 * Asks the database how many rows it has of a record type. Where the windows of several tiers share
 * a table, the length of the window, an interval, tells them apart. Used by one thread.
 */
final class TableCounts {
  private final DSLContext database;
  private final Map<String, WindowOutput> windows = new HashMap<>();
  private final Map<String, Long> typesOfTable;

  TableCounts(RecordCatalog catalog, DSLContext database) {
    this.database = database;
    for (var type : catalog.types()) {
      type.fold().ifPresent(fold -> fold.windows().forEach(w -> windows.put(w.type().topic(), w)));
    }
    this.typesOfTable =
        catalog
            .stored()
            .collect(
                Collectors.groupingBy(
                    type -> type.table().orElseThrow().toString(), Collectors.counting()));
  }

  long rows(RecordType type) {
    var stored = type.table().orElseThrow();
    return database.fetchCount(relationOf(stored), ofTier(type));
  }

  /** The samples that the windows of one tier were folded from. */
  long samples(WindowOutput window, Fold fold) {
    Field<Long> count = field(name(window.layout().statistics().get(Statistic.COUNT)), Long.class);
    var total =
        database
            .select(sum(count))
            .from(relationOf(window.type().table().orElseThrow()))
            .where(ofMetrics(window, fold), ofTier(window.type()))
            .fetchSingle()
            .value1();
    return total == null ? 0 : total.longValueExact();
  }

  private Condition ofTier(RecordType type) {
    var window = windows.get(type.topic());
    if (window == null || typesOfTable.get(type.table().orElseThrow().toString()) == 1) {
      return noCondition();
    }
    var length = YearToSecond.valueOf(Duration.of(window.tier().micros(), ChronoUnit.MICROS));
    return field(name(window.layout().length()), YearToSecond.class).eq(length);
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

  private static org.jooq.Table<Record> relationOf(Table stored) {
    return table(name(stored.schema(), stored.name()));
  }
}
