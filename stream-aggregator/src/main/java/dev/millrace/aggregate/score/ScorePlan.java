package dev.millrace.aggregate.score;

import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.insight.Severity;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** How tallies become records of the scored type. Immutable. */
public final class ScorePlan {
  private final RecordType into;
  private final Scoring scoring;

  /** Of a type that scores others. */
  public ScorePlan(RecordType into) {
    this.into = into;
    this.scoring = into.scoring().orElseThrow();
  }

  /** The score of an entity. */
  public GenericRecord entity(ScopeName entity, EntityState state, Moment moment, Tally tally) {
    var kind = scoring.entities().get(entity.kind());
    var record = scored(kind.scope(), state.timeline(), moment, tally);
    record.put(kind.name().field(), entity.name());
    for (var i = 0; i < state.labels().size(); i++) {
      var field = i == 0 ? scoring.group().field() : kind.labels().get(i - 1);
      putText(record, field, state.labels().get(i));
    }
    return record;
  }

  /** The score of a group. */
  public GenericRecord group(String name, Timeline timeline, Moment moment, Tally tally) {
    var record = scored(scoring.group().scope(), timeline, moment, tally);
    putText(record, scoring.group().field(), name);
    return record;
  }

  /** The score of all. */
  public GenericRecord all(Timeline timeline, Moment moment, Tally tally) {
    return scored(scoring.all(), timeline, moment, tally);
  }

  private GenericRecord scored(String scope, Timeline timeline, Moment moment, Tally tally) {
    var record = new GenericData.Record(into.schema());
    var results = scoring.results();
    record.put(scoring.scope(), scope);
    record.put(into.eventTime(), moment.micros());
    tally.overall().ifPresent(score -> record.put(results.overall(), score));
    for (var i = 0; i < scoring.components().size(); i++) {
      var field = scoring.components().get(i).field();
      tally.component(i).ifPresent(score -> record.put(field, score));
    }
    for (var trend : results.trends()) {
      timeline
          .trend(trend, moment, tally.overall())
          .ifPresent(change -> record.put(trend.field(), change));
    }
    record.put(results.active(), tally.active());
    results
        .bySeverity()
        .forEach((name, field) -> record.put(field, tally.active(Severity.valueOf(name))));
    return record;
  }

  private static void putText(GenericRecord record, String field, String text) {
    if (!text.isEmpty()) {
      var type = Fields.valueSchema(record.getSchema().getField(field).schema()).getType();
      record.put(
          field,
          type == Schema.Type.INT
              ? (Object) Integer.valueOf(text)
              : type == Schema.Type.LONG ? (Object) Long.valueOf(text) : (Object) text);
    }
  }
}
