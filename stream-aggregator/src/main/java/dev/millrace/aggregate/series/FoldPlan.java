package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * How the records of one type are read: which fields make a series, which a baseline, which are
 * carried along. Compiled once a type, so that no field is looked up by name for a record.
 * Immutable; shared by all tasks.
 */
public final class FoldPlan {
  private static final Double UP = 100.0;
  private static final Double DOWN = 0.0;

  private final RecordType type;
  private final Fold fold;
  private final int eventTime;
  private final int[] values;
  private final String[] ups;
  private final int[] metrics;
  private final boolean metricInKey;
  private final int[] series;
  private final int[] carried;
  private final int[] baseline;
  private final Schema identity;

  /** Compiles the plan of a type that is folded. */
  public FoldPlan(RecordType type) {
    this.type = type;
    this.fold = type.fold().orElseThrow();
    this.eventTime = position(type.schema(), type.eventTime());
    this.values = fold.measures().stream().mapToInt(m -> at(m.field())).toArray();
    this.ups = fold.measures().stream().map(m -> m.up().orElse(null)).toArray(String[]::new);
    this.metrics = fold.measures().stream().mapToInt(this::metricPosition).toArray();
    this.metricInKey =
        fold.measures().stream()
            .anyMatch(
                m -> m.metric() instanceof Measure.Metric.InField in && !isSeries(in.field()));
    this.series = fold.series().stream().mapToInt(this::at).toArray();
    var names = Stream.concat(fold.series().stream(), fold.labels().stream()).distinct().toList();
    this.carried = names.stream().mapToInt(this::at).toArray();
    this.identity = project(type.schema(), names);
    this.baseline = fold.baseline().stream().mapToInt(n -> position(identity, n)).toArray();
  }

  private static Schema project(Schema schema, List<String> names) {
    var fields = new ArrayList<Schema.Field>();
    for (var name : names) {
      fields.add(new Schema.Field(name, schema.getField(name).schema()));
    }
    return Schema.createRecord(
        schema.getName() + "Identity", null, schema.getNamespace(), false, fields);
  }

  private int metricPosition(Measure measure) {
    return measure.metric() instanceof Measure.Metric.InField in ? at(in.field()) : -1;
  }

  private boolean isSeries(String field) {
    return fold.series().contains(field);
  }

  private int at(String field) {
    return position(type.schema(), field);
  }

  private static int position(Schema schema, String field) {
    return schema.getField(field).pos();
  }

  public RecordType type() {
    return type;
  }

  public Fold fold() {
    return fold;
  }

  /** The schema of what is kept of a record besides its numbers: dimensions, then labels. */
  public Schema identitySchema() {
    return identity;
  }

  int measures() {
    return values.length;
  }

  /** Event time in microseconds since the epoch. */
  long eventTime(GenericRecord record) {
    return (Long) record.get(eventTime);
  }

  /** The number of a measure, or null where the record has none. */
  Number value(GenericRecord record, int measure) {
    var value = record.get(values[measure]);
    var up = ups[measure];
    return up == null || value == null ? (Number) value : up.equals(value.toString()) ? UP : DOWN;
  }

  /** Whether a measure is a state that is up or not. */
  boolean isState(int measure) {
    return ups[measure] != null;
  }

  /** The name of the metric of a measure. */
  String metric(GenericRecord record, int measure) {
    if (fold.measures().get(measure).metric() instanceof Measure.Metric.Named named) {
      return named.name();
    }
    return String.valueOf(record.get(metrics[measure]));
  }

  /** Writes what identifies the series of one measure of a record. */
  void writeSeriesKey(GenericRecord record, int measure, StateWriter out) {
    out.reset();
    for (var position : series) {
      KeyText.write(record.get(position), out);
    }
    if (values.length > 1) {
      out.writeUnsigned(measure);
    }
    if (metricInKey && metrics[measure] >= 0) {
      KeyText.write(record.get(metrics[measure]), out);
    }
  }

  /** Writes what identifies the baseline scope of a series. */
  void writeScopeKey(SeriesState state, StateWriter out) {
    out.reset();
    for (var position : baseline) {
      KeyText.write(state.identity().get(position), out);
    }
    KeyText.write(state.metric(), out);
  }

  /** A copy of the dimensions and labels of a record, whose own memory is used again. */
  GenericRecord identify(GenericRecord record) {
    var copy = new GenericData.Record(identity);
    for (var i = 0; i < carried.length; i++) {
      var schema = identity.getFields().get(i).schema();
      copy.put(i, GenericData.get().deepCopy(schema, record.get(carried[i])));
    }
    return copy;
  }

  /** Whether a record of the same series carries other labels than before. */
  boolean relabels(GenericRecord record, GenericRecord before) {
    for (var i = series.length; i < carried.length; i++) {
      if (!Objects.equals(record.get(carried[i]), before.get(i))) {
        return true;
      }
    }
    return false;
  }
}
