package dev.millrace.aggregate.rollup;

import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Rollup;
import dev.millrace.schema.Rollup.Figure;
import dev.millrace.schema.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** How rows become parts, and parts a record. Compiled once a task; one thread. */
public final class RollupPlan {
  private final RecordType into;
  private final Rollup rollup;

  /** Compiles the rollup of a type that has one. */
  public RollupPlan(RecordType into) {
    this.into = into;
    this.rollup = into.rollup().orElseThrow();
  }

  /**
   * A part, and whom it goes to.
   *
   * @param group value of the group's field
   * @param day days since the epoch
   */
  public record Addressed(long group, long day, Part part) {}

  /** What a record of one of the input types gives. */
  public List<Addressed> parts(RecordType type, GenericRecord row) {
    var parts = new ArrayList<Addressed>();
    for (var i = 0; i < rollup.inputs().size(); i++) {
      var input = rollup.inputs().get(i);
      if (input.of().topic().equals(type.topic())) {
        part(i, input, type, row).ifPresent(parts::add);
      }
    }
    return parts;
  }

  private Optional<Addressed> part(
      int index, Rollup.Input input, RecordType type, GenericRecord row) {
    var group = (Number) row.get(rollup.group());
    var counts =
        input.only().entrySet().stream()
            .allMatch(only -> only.getValue().equals(String.valueOf(row.get(only.getKey()))));
    if (group == null || !counts) {
      return Optional.empty();
    }
    var name =
        type.table().orElseThrow().conflictKey().stream()
            .map(field -> String.valueOf(row.get(field)))
            .collect(Collectors.joining("|"));
    var day = Math.floorDiv((Long) row.get(type.eventTime()), Tier.ONE_DAY.micros());
    var values = input.figures().stream().map(figure -> value(figure, row)).toList();
    return Optional.of(new Addressed(group.longValue(), day, new Part(index, name, values)));
  }

  private static Double value(Figure figure, GenericRecord row) {
    if (figure instanceof Figure.Count) {
      return 1.0;
    }
    var value = row.get(Rollup.fieldOf(figure).orElseThrow());
    if (figure instanceof Figure.CountIf counted) {
      return counted.value().equals(String.valueOf(value)) ? 1.0 : 0.0;
    }
    return value == null ? Double.NaN : ((Number) value).doubleValue();
  }

  /** The record of a group and day. */
  public GenericRecord record(GroupDay state) {
    var record = new GenericData.Record(into.schema());
    put(record, rollup.group(), (double) state.group());
    record.put(rollup.begin(), state.day() * Tier.ONE_DAY.micros());
    put(record, rollup.date(), (double) state.day());
    for (var i = 0; i < rollup.inputs().size(); i++) {
      var figures = rollup.inputs().get(i).figures();
      for (var f = 0; f < figures.size(); f++) {
        put(record, figures.get(f), i, f, state);
      }
    }
    return record;
  }

  private static void put(
      GenericRecord record, Figure figure, int input, int index, GroupDay state) {
    var sum = 0.0;
    var count = 0L;
    for (var part : state.parts()) {
      if (part.input() == input && !part.values().get(index).isNaN()) {
        sum += part.values().get(index);
        count++;
      }
    }
    if (!(figure instanceof Figure.Mean)) {
      put(record, figure.target(), sum);
    } else if (count > 0) {
      put(record, figure.target(), sum / count);
    }
  }

  private static void put(GenericRecord record, String field, double value) {
    var type = Fields.valueSchema(record.getSchema().getField(field).schema()).getType();
    record.put(
        field,
        type == Schema.Type.INT
            ? (Object) Math.toIntExact(Math.round(value))
            : type == Schema.Type.LONG ? (Object) Math.round(value) : (Object) value);
  }
}
