package dev.millrace.standalone.demo;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.millrace.producer.generator.Injection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/** Compares what was injected with the incidents the database holds. */
final class Incidents {
  /** An incident begins with a window, which may begin before the injection does. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static final Field<OffsetDateTime> DETECTED =
      field(name("detected_at"), OffsetDateTime.class);
  private static final Field<OffsetDateTime> UPDATED =
      field(name("updated_at"), OffsetDateTime.class);
  private static final Field<OffsetDateTime> RESOLVED =
      field(name("resolved_at"), OffsetDateTime.class);
  private static final Field<String> TYPE = field(name("anomaly_type"), String.class);
  private static final Field<String> METRIC = field(name("metric_name"), String.class);
  private static final Field<JSONB> SERIES = field(name("series"), JSONB.class);

  private final DSLContext database;
  private final String sourceTopic;

  Incidents(DSLContext database, String sourceTopic) {
    this.database = database;
    this.sourceTopic = sourceTopic;
  }

  private record Incident(
      String station, String tap, String metric, String type, Instant from, Instant to) {

    boolean answers(Injection injected) {
      return station.equals(injected.station())
          && tap.equals(injected.tap())
          && metric.equals(injected.metric())
          && type.equals(injected.kind().name().toLowerCase(Locale.ROOT))
          && from.isBefore(injected.to().plus(SLACK))
          && to.isAfter(injected.from().minus(SLACK));
    }
  }

  DetectionScore score(List<Injection> injected) {
    var incidents = stored();
    var missed =
        injected.stream()
            .filter(injection -> incidents.stream().noneMatch(i -> i.answers(injection)))
            .map(Injection::toString)
            .toList();
    return new DetectionScore(
        injected.size(), injected.size() - missed.size(), incidents.size(), missed);
  }

  private List<Incident> stored() {
    var station = DSL.jsonbGetAttributeAsText(SERIES, inline("station_key"));
    var tap = DSL.jsonbGetAttributeAsText(SERIES, inline("tap"));
    var end = coalesce(RESOLVED, UPDATED, DETECTED);
    return database
        .select(station, tap, METRIC, TYPE, DETECTED, end)
        .from(table(name("insight", "anomaly_events")))
        .where(field(name("source_topic"), String.class).eq(sourceTopic))
        .fetch(
            row ->
                new Incident(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5().toInstant(),
                    row.value6().toInstant()));
  }
}
