package dev.millrace.aggregate.score;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.Scoring.Measured;
import dev.millrace.schema.Tier;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;

/**
 * What records say of which entities. A record without a name of an entity, or of a metric that is
 * not scored, says nothing. Compiled once a task; immutable.
 */
public final class FactPlan {
  private static final String NONE = "";

  private final Scoring scoring;
  private final RecordType incidents;
  private final List<Kind> kinds;

  /** One kind of entity: its parts by metric, and the fields that tell its windows apart. */
  private record Kind(
      Scoring.Entity entity, Map<String, List<Scored>> byMetric, List<String> series) {}

  private record Scored(int measure, String statistic, int component, Rating rating) {}

  /** A fact, and whom it is of. */
  public record Addressed(ScopeName entity, Fact fact) {}

  /**
   * Compiles it.
   *
   * @param incidents the type of the steps of incidents
   */
  public FactPlan(RecordType into, RecordType incidents) {
    this.scoring = into.scoring().orElseThrow();
    this.incidents = incidents;
    this.kinds = scoring.entities().stream().map(this::compile).toList();
  }

  private Kind compile(Scoring.Entity entity) {
    var measures = entity.measures();
    var byMetric =
        IntStream.range(0, measures.size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> measures.get(i).metric(),
                    Collectors.mapping(i -> scored(i, measures.get(i)), Collectors.toList())));
    var windows = scoring.hours().of();
    var series = new ArrayList<>(windows.table().orElseThrow().conflictKey());
    series.removeAll(entity.name().of());
    series.remove(windows.eventTime());
    return new Kind(entity, byMetric, List.copyOf(series));
  }

  private Scored scored(int index, Measured measured) {
    return new Scored(
        index,
        measured.statistic(),
        Scorer.indexOf(scoring, measured.component()),
        new Rating(measured.curve()));
  }

  /** The facts of a record of one of the types that are read. */
  public List<Addressed> facts(RecordType type, GenericRecord record) {
    if (type.topic().equals(incidents.topic())) {
      return step(record);
    }
    return type.topic().equals(scoring.hours().of().topic()) ? hour(record) : reading(record);
  }

  private List<Addressed> hour(GenericRecord window) {
    var metric = text(window, scoring.hours().metric());
    var end = (Long) window.get(scoring.hours().of().eventTime()) + Tier.ONE_HOUR.micros();
    var facts = new ArrayList<Addressed>();
    for (var kind : kinds) {
      var parts = parts(kind, kind.byMetric().getOrDefault(metric, List.of()), window);
      if (!parts.isEmpty()) {
        address(kind, window, end, new Fact.Hour(parts)).ifPresent(facts::add);
      }
    }
    return facts;
  }

  private static List<Fact.Part> parts(Kind kind, List<Scored> measures, GenericRecord window) {
    if (measures.isEmpty()) {
      return List.of();
    }
    var series =
        kind.series().stream().map(field -> text(window, field)).collect(Collectors.joining("|"));
    var parts = new ArrayList<Fact.Part>();
    for (var scored : measures) {
      var value = (Number) window.get(scored.statistic());
      if (value != null && Double.isFinite(value.doubleValue())) {
        var score = scored.rating().of(value.doubleValue());
        parts.add(new Fact.Part(hash(series + "|" + scored.measure()), scored.component(), score));
      }
    }
    return parts;
  }

  /** 64 bits: among a thousand series, two are alike in one of 10^13 entities. */
  private static long hash(String text) {
    var digest = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return digest.getMostSignificantBits() ^ digest.getLeastSignificantBits();
  }

  private List<Addressed> reading(GenericRecord reading) {
    var state = scoring.state().orElseThrow();
    var said = text(reading, state.field());
    if (said.isEmpty()) {
      return List.of();
    }
    var at = (Long) reading.get(state.of().eventTime());
    return kinds.stream()
        .filter(kind -> kind.entity().scope().equals(state.entity()))
        .flatMap(
            kind -> address(kind, reading, at, new Fact.Reading(said.equals(state.up()))).stream())
        .toList();
  }

  private List<Addressed> step(GenericRecord event) {
    var step =
        new Fact.Step(
            text(event, "incident_id"),
            (Integer) event.get("revision"),
            IncidentStatus.valueOf(text(event, "status")),
            Severity.valueOf(text(event, "severity")));
    var at = (Long) event.get("updated_at");
    var scope = text(event, "scope_type");
    return kinds.stream()
        .filter(kind -> kind.entity().incidents().contains(scope))
        .flatMap(kind -> address(kind, event, at, step).stream())
        .toList();
  }

  private Optional<Addressed> address(Kind kind, GenericRecord record, long at, Fact.What what) {
    var of = kind.entity().name();
    var names = of.of().stream().map(field -> text(record, field)).toList();
    if (names.contains(NONE)) {
      return Optional.empty();
    }
    var labels = new ArrayList<String>();
    labels.add(text(record, scoring.group().field()));
    kind.entity().labels().forEach(field -> labels.add(text(record, field)));
    var name = new ScopeName(kinds.indexOf(kind), String.join(of.separator(), names));
    return Optional.of(new Addressed(name, new Fact(at, labels, what)));
  }

  /** The value of a field, or of a dimension of an incident's series, as text. */
  private static String text(GenericRecord record, String field) {
    if (record.getSchema().getField(field) != null) {
      return record.get(field) == null ? NONE : record.get(field).toString();
    }
    if (record.getSchema().getField("series") != null) {
      for (var dimension : ((Map<?, ?>) record.get("series")).entrySet()) {
        if (dimension.getKey().toString().equals(field)) {
          return String.valueOf(dimension.getValue());
        }
      }
    }
    return NONE;
  }
}
