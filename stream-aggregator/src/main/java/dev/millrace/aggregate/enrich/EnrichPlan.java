package dev.millrace.aggregate.enrich;

import dev.millrace.schema.Derivation;
import dev.millrace.schema.Enrichment;
import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Derives the fields of an {@link Enrichment}, compiled once a task. A reading that is not later
 * than the one before it, or too much later, gives no rates; nor does one of which any counter has
 * begun anew, for then all have, whatever they show. Not for use by several threads.
 */
public final class EnrichPlan {
  private static final double MICROS = 1e6;

  /** Devices answer from what they looked up some seconds ago: a rate may seem twice as high. */
  private static final double SLACK = 2;

  private final Schema schema;
  private final int time;
  private final long longestGap;
  private final int[] counters;
  private final double[] fastest;
  private final int capacity;
  private final List<Step> steps;
  private final long[] deltas;
  private double seconds;

  /** One derivation, compiled. */
  private record Step(int target, Schema.Type type, Formula formula) {}

  /** What a field is to be; empty if that cannot be said. */
  private interface Formula {
    OptionalDouble of(GenericRecord record);
  }

  /** Compiles the enrichment of a type that has one. */
  public EnrichPlan(RecordType type) {
    var enrichment = type.enrichment().orElseThrow();
    schema = type.schema();
    time = position(type.eventTime());
    longestGap = enrichment.longestGap().toNanos() / 1_000;
    var names = enrichment.counters().stream().map(Enrichment.Counter::field).toList();
    counters = names.stream().mapToInt(this::position).toArray();
    fastest = enrichment.counters().stream().mapToDouble(Enrichment.Counter::fastest).toArray();
    capacity = enrichment.capacity().map(this::position).orElse(-1);
    deltas = new long[counters.length];
    steps = enrichment.derivations().stream().map(each -> compile(each, names)).toList();
  }

  private int position(String field) {
    return schema.getField(field).pos();
  }

  private Step compile(Derivation derivation, List<String> names) {
    var target = schema.getField(derivation.target());
    var type = Fields.valueSchema(target.schema()).getType();
    return new Step(target.pos(), type, formula(derivation, names));
  }

  private Formula formula(Derivation derivation, List<String> names) {
    if (derivation instanceof Derivation.PerSecond rate) {
      var counter = names.indexOf(rate.counter());
      return record ->
          deltas[counter] < 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(rate.unit() * deltas[counter] / seconds);
    }
    if (derivation instanceof Derivation.OfCapacity share) {
      var rate = position(share.rate());
      var of = position(share.capacity());
      return record -> share(record, rate, of, share.unit());
    }
    if (derivation instanceof Derivation.PerMillion share) {
      var parts = share.parts().stream().mapToInt(names::indexOf).toArray();
      var wholes = share.wholes().stream().mapToInt(names::indexOf).toArray();
      return record -> perMillion(parts, wholes);
    }
    var reserve = (Derivation.Reserve) derivation;
    var spans =
        reserve.spans().stream()
            .map(s -> new int[] {position(s.value()), position(s.low()), position(s.high())})
            .toList();
    return record ->
        spans.stream()
            .map(span -> reserve(record, span, reserve.full()))
            .flatMapToDouble(OptionalDouble::stream)
            .min();
  }

  /** How many counters a {@link Reading} of this plan has. */
  public int counters() {
    return counters.length;
  }

  /**
   * Fills what is null and can be derived, and keeps the reading if it is the latest.
   *
   * @param before the latest reading of the same entity so far; becomes this one if that is later
   * @param nowMs the wall clock
   */
  public void derive(GenericRecord record, Reading before, long nowMs) {
    var micros = (Long) record.get(time);
    compare(record, before, micros);
    for (var step : steps) {
      if (record.get(step.target()) == null) {
        step.formula().of(record).ifPresent(value -> put(record, step, value));
      }
    }
    if (before.isFirst() || micros > before.micros()) {
      before.at(micros, nowMs);
      for (var i = 0; i < counters.length; i++) {
        before.set(i, (Number) record.get(counters[i]));
      }
    }
  }

  private void compare(GenericRecord record, Reading before, long micros) {
    Arrays.fill(deltas, CounterDelta.RESET);
    if (before.isFirst() || micros <= before.micros() || micros - before.micros() > longestGap) {
      return;
    }
    seconds = (micros - before.micros()) / MICROS;
    var bound = capacity < 0 ? null : (Number) record.get(capacity);
    var possible = bound == null ? Double.POSITIVE_INFINITY : SLACK * bound.doubleValue() * seconds;
    for (var i = 0; i < counters.length; i++) {
      var now = (Number) record.get(counters[i]);
      if (now != null && before.has(i)) {
        var most = possible > 0 ? possible * fastest[i] : Double.POSITIVE_INFINITY;
        deltas[i] = CounterDelta.between(before.counter(i), now.longValue(), most);
        if (deltas[i] == CounterDelta.RESET) {
          Arrays.fill(deltas, CounterDelta.RESET);
          return;
        }
      }
    }
  }

  private static void put(GenericRecord record, Step step, double value) {
    record.put(
        step.target(),
        switch (step.type()) {
          case INT -> (Object) (int) Math.min(Integer.MAX_VALUE, Math.round(value));
          case LONG -> (Object) Math.round(value);
          default -> (Object) value;
        });
  }

  private static OptionalDouble share(GenericRecord record, int rate, int of, double unit) {
    var part = (Number) record.get(rate);
    var whole = (Number) record.get(of);
    return part == null || whole == null || whole.doubleValue() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * part.doubleValue() / (whole.doubleValue() * unit));
  }

  private OptionalDouble perMillion(int[] parts, int[] wholes) {
    var part = sum(parts);
    var whole = sum(wholes);
    return part < 0 || whole <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(MICROS * part / whole);
  }

  /** The counts of those that are known; negative if none is. */
  private double sum(int[] which) {
    var sum = 0.0;
    var known = false;
    for (var counter : which) {
      if (deltas[counter] >= 0) {
        sum += deltas[counter];
        known = true;
      }
    }
    return known ? sum : -1;
  }

  private static OptionalDouble reserve(GenericRecord record, int[] span, double full) {
    var value = (Number) record.get(span[0]);
    var low = (Number) record.get(span[1]);
    var high = (Number) record.get(span[2]);
    if (value == null || low == null || high == null) {
      return OptionalDouble.empty();
    }
    var reserve =
        Math.min(value.doubleValue() - low.doubleValue(), high.doubleValue() - value.doubleValue());
    return OptionalDouble.of(100 * Math.max(0, Math.min(1, reserve / full)));
  }
}
