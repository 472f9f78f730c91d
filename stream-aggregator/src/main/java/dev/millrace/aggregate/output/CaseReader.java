package dev.millrace.aggregate.output;

import dev.millrace.aggregate.learn.Case;
import dev.millrace.aggregate.learn.Incident;
import dev.millrace.aggregate.learn.Judgement;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/**
 * What records of {@link dev.millrace.schema.insight.AnomalyEvent} and {@link
 * dev.millrace.schema.insight.AnomalyFeedback} tell of incidents. Immutable.
 */
public final class CaseReader {
  private final Map<String, Entity> entities;

  /** For incidents in the series of these raw types. */
  public CaseReader(List<RecordType> raw) {
    entities = raw.stream().collect(Collectors.toUnmodifiableMap(RecordType::topic, Entity::new));
  }

  /** A case after a step of its incident. */
  public Case told(Case known, GenericRecord event) {
    var resolved = (Long) event.get("resolved_at");
    return known.told(
        new Incident(
            entity(event),
            series(event),
            text(event, "metric_name"),
            text(event, "anomaly_type"),
            text(event, "severity"),
            (Long) event.get("detected_at"),
            resolved == null ? Incident.OPEN : resolved,
            (Long) event.get("updated_at")));
  }

  /** A case after a judgement. */
  public Case judged(Case known, GenericRecord feedback) {
    var at = (Long) feedback.get("judged_at");
    var judged = known.judged(new Judgement(Verdict.valueOf(text(feedback, "verdict")), at));
    return judged.isMissed() ? judged.told(missed(feedback, at)) : judged;
  }

  /** When nobody has said when it was, it is of when it was noticed. */
  private Incident missed(GenericRecord feedback, long at) {
    var began = (Long) feedback.get("missed_from");
    var ended = (Long) feedback.get("missed_to");
    var from = began == null ? at : began;
    var to = ended == null ? Math.max(from, at) : ended;
    return new Incident(
        entity(feedback), series(feedback), text(feedback, "metric_name"), "", "", from, to, at);
  }

  /** Empty if the topic is not known, or the series does not say whose it is. */
  private String entity(GenericRecord record) {
    var entity = entities.get(text(record, "source_topic"));
    var series = (Map<?, ?>) record.get("series");
    if (entity == null || series == null) {
      return "";
    }
    Function<String, Object> dimension = field -> series.get(new Utf8(field));
    return entity.name(dimension);
  }

  private static String series(GenericRecord record) {
    var series = (Map<?, ?>) record.get("series");
    return series == null ? "" : JsonObject.of(series);
  }

  private static String text(GenericRecord record, String field) {
    var value = record.get(field);
    return value == null ? "" : value.toString();
  }
}
