package dev.millrace.standalone.demo;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * What a run left in its tables, without what differs from run to run by nature.
 *
 * @param windows rows of audio.metrics_agg_5s
 * @param traces rows of audio.traces
 * @param incidents rows of insight.anomaly_events
 * @param baselines rows of insight.metric_baselines
 */
record StoredRows(
    List<String> windows, List<String> traces, List<String> incidents, List<String> baselines) {

  /** What the database makes up, and what is derived from the names of a run's topics. */
  private static final Set<String> RUNS_OWN =
      Set.of(
          "id",
          "created_at",
          "source_topic",
          "incident_id",
          "baseline_key",
          "series_key",
          "correlation_group_id",
          "root_incident_id");

  static StoredRows of(DSLContext database) {
    return new StoredRows(
        rows(database, "audio", "metrics_agg_5s"),
        rows(database, "audio", "traces"),
        rows(database, "insight", "anomaly_events"),
        rows(database, "insight", "metric_baselines"));
  }

  private static List<String> rows(DSLContext database, String schema, String table) {
    var stored = table(name(schema, table));
    Field<?>[] columns =
        database
            .selectFrom(stored)
            .limit(0)
            .fetch()
            .fieldStream()
            .filter(column -> !RUNS_OWN.contains(column.getName()))
            .toArray(Field[]::new);
    return database.select(columns).from(stored).fetch().stream()
        .map(row -> Arrays.toString(row.intoArray()))
        .sorted()
        .toList();
  }

  static long count(DSLContext database, String schema, String table) {
    return database.fetchCount(table(name(schema, table)));
  }
}
