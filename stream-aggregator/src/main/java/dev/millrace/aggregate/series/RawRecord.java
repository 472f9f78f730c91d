package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.AvroCopies;
import dev.millrace.aggregate.codec.AvroText;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Measure;
import dev.millrace.schema.wire.AvroCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the fold takes of one record: its time, its numbers, and the fields that say which series
 * they are of, encoded in one form. Filled anew for each record; one instance a task.
 */
final class RawRecord {
  private final FoldPlan plan;
  private final StateWriter taken = new StateWriter();
  private final int[] begins;
  private final int[] ends;
  private final double[] numbers;
  private final boolean[] present;
  private final byte[][] names;
  private final AvroText[] nameTexts;
  private final AvroCursor cursor = new AvroCursor();
  private final StateWriter scratch = new StateWriter();
  private long micros;

  RawRecord(FoldPlan plan) {
    this.plan = plan;
    this.begins = new int[plan.taken().size()];
    this.ends = new int[plan.taken().size()];
    this.numbers = new double[plan.measures()];
    this.present = new boolean[plan.measures()];
    this.names = plan.fold().measures().stream().map(RawRecord::name).toArray(byte[][]::new);
    this.nameTexts =
        IntStream.range(0, plan.measures()).mapToObj(this::nameText).toArray(AvroText[]::new);
  }

  private static byte[] name(Measure measure) {
    return measure.metric() instanceof Measure.Metric.Named named
        ? named.name().getBytes(StandardCharsets.UTF_8)
        : null;
  }

  private AvroText nameText(int measure) {
    var field = plan.metricField(measure);
    if (field.isEmpty()) {
      return null;
    }
    var name = plan.taken().get(field.getAsInt());
    return AvroText.of(plan.type().schema().getField(name).schema());
  }

  void clear() {
    taken.reset();
    Arrays.fill(present, false);
  }

  void eventTime(long since) {
    micros = since;
  }

  void number(int measure, double value) {
    numbers[measure] = value;
    present[measure] = true;
  }

  void take(int field, AvroCursor in, AvroCopies.Copy copy) {
    begins[field] = taken.length();
    copy.copy(in, taken);
    ends[field] = taken.length();
  }

  /** Event time in microseconds since the epoch. */
  long micros() {
    return micros;
  }

  /** Whether the record has a number for a measure. */
  boolean has(int measure) {
    return present[measure];
  }

  double number(int measure) {
    return numbers[measure];
  }

  /** The name of a measure's metric, in UTF-8; not to be changed. */
  byte[] metric(int measure) {
    if (names[measure] != null) {
      return names[measure];
    }
    scratch.reset();
    cursor.read(taken.buffer(), begins[plan.metricField(measure).orElseThrow()]);
    nameTexts[measure].write(cursor, scratch);
    return scratch.toByteArray();
  }

  /** Writes what identifies the series of one measure. */
  void writeSeriesKey(int measure, StateWriter out) {
    out.reset();
    write(0, plan.dimensions(), out);
    if (plan.measures() > 1) {
      out.writeUnsigned(measure);
    }
    if (plan.isMetricInKey(measure)) {
      var field = plan.metricField(measure).orElseThrow();
      write(field, field + 1, out);
    }
  }

  /** The dimensions and labels, an Avro record of {@link FoldPlan#identitySchema}. */
  byte[] identity() {
    scratch.reset();
    write(0, plan.carried(), scratch);
    return scratch.toByteArray();
  }

  /** Whether the labels differ from those of an identity of the same dimensions. */
  boolean relabels(byte[] identity) {
    if (plan.carried() == plan.dimensions()) {
      return false;
    }
    scratch.reset();
    write(0, plan.carried(), scratch);
    return !Arrays.equals(scratch.buffer(), 0, scratch.length(), identity, 0, identity.length);
  }

  private void write(int from, int to, StateWriter out) {
    for (var i = from; i < to; i++) {
      out.write(taken.buffer(), begins[i], ends[i] - begins[i]);
    }
  }
}
