package dev.millrace.aggregate.series;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What of the records of one type makes a series, what a baseline, what is carried along. Decided
 * once a type. Immutable; shared by all tasks.
 *
 * <p>Of a record the fold takes, besides its time and its numbers, some fields as they are encoded:
 * those that tell series apart, the labels, and those that name a metric. The first two, one after
 * the other, are the <em>identity</em> of a series, an Avro record of its own.
 */
public final class FoldPlan {
  private final RecordType type;
  private final Fold fold;
  private final Schema identity;
  private final List<String> taken;
  private final int[] metrics;
  private final int[] baseline;

  /** Compiles the plan of a type that is folded. */
  public FoldPlan(RecordType type) {
    this.type = type;
    this.fold = type.fold().orElseThrow();
    var names = Stream.concat(fold.series().stream(), fold.labels().stream()).distinct().toList();
    this.identity = project(type.schema(), names);
    this.taken = Stream.concat(names.stream(), metricFields()).distinct().toList();
    this.metrics =
        fold.measures().stream()
            .mapToInt(
                measure ->
                    measure.metric() instanceof Measure.Metric.InField in
                        ? taken.indexOf(in.field())
                        : -1)
            .toArray();
    this.baseline =
        fold.baseline().stream().mapToInt(name -> identity.getField(name).pos()).toArray();
  }

  private static Schema project(Schema schema, List<String> names) {
    var fields = new ArrayList<Schema.Field>();
    for (var name : names) {
      fields.add(new Schema.Field(name, schema.getField(name).schema()));
    }
    return Schema.createRecord(
        schema.getName() + "Identity", null, schema.getNamespace(), false, fields);
  }

  private Stream<String> metricFields() {
    return fold.measures().stream()
        .map(Measure::metric)
        .flatMap(
            metric ->
                metric instanceof Measure.Metric.InField in ? Stream.of(in.field()) : Stream.of());
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

  /** The fields that are taken as they are encoded; those of the identity come first. */
  List<String> taken() {
    return taken;
  }

  /** How many of {@link #taken} tell series apart. */
  int dimensions() {
    return fold.series().size();
  }

  /** How many of {@link #taken} are of the identity. */
  int carried() {
    return identity.getFields().size();
  }

  int measures() {
    return fold.measures().size();
  }

  /** Whether a measure is a state that is up or not. */
  boolean isState(int measure) {
    return fold.measures().get(measure).up().isPresent();
  }

  /** Which of {@link #taken} names the metric of a measure, where a field does. */
  OptionalInt metricField(int measure) {
    return metrics[measure] < 0 ? OptionalInt.empty() : OptionalInt.of(metrics[measure]);
  }

  /** Whether the name of a measure's metric tells series apart beyond their dimensions. */
  boolean isMetricInKey(int measure) {
    return metrics[measure] >= dimensions();
  }

  /** The places in the identity of the fields that identify a baseline. */
  IntStream baseline() {
    return IntStream.of(baseline);
  }
}
