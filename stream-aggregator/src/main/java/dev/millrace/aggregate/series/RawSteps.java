package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.AvroCopies;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Measure;
import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.AvroSkips;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * How the records of one writer's schema are walked: for each field, in the order they are written,
 * what is taken of it. One instance a task; allocates nothing while it walks.
 */
final class RawSteps {
  private static final double UP = 100;

  /** Takes what is wanted of one field, and leaves the cursor behind it. */
  @FunctionalInterface
  private interface Step {
    void take(AvroCursor in, RawRecord out);
  }

  private final Step[] steps;

  private RawSteps(Step... steps) {
    this.steps = steps;
  }

  /**
   * The steps over records of a writer, if it has all that is needed as the reader has it.
   *
   * @throws IllegalArgumentException if a field of the plan is of a shape that cannot be folded
   */
  static Optional<RawSteps> of(FoldPlan plan, Schema writer) {
    var reader = plan.type().schema();
    var needed = new HashSet<>(plan.taken());
    needed.add(plan.type().eventTime());
    plan.fold().measures().forEach(measure -> needed.add(measure.field()));
    var has =
        needed.stream()
            .allMatch(
                name ->
                    writer.getField(name) != null
                        && writer.getField(name).schema().equals(reader.getField(name).schema()));
    if (!has || !writer.getFullName().equals(reader.getFullName())) {
      return Optional.empty();
    }
    return Optional.of(
        new RawSteps(
            writer.getFields().stream().map(field -> step(plan, field)).toArray(Step[]::new)));
  }

  private static Step step(FoldPlan plan, Schema.Field field) {
    var steps = new ArrayList<Step>();
    if (field.name().equals(plan.type().eventTime())) {
      steps.add((in, out) -> out.eventTime(in.readLong()));
    }
    var taken = plan.taken().indexOf(field.name());
    if (taken >= 0) {
      var copy = AvroCopies.of(field.schema());
      steps.add((in, out) -> out.take(taken, in, copy));
    }
    for (var i = 0; i < plan.measures(); i++) {
      var measure = plan.fold().measures().get(i);
      if (measure.field().equals(field.name())) {
        steps.add(number(measure, i, field.schema()));
      }
    }
    return steps.isEmpty() ? skip(field.schema()) : all(steps);
  }

  private static Step skip(Schema schema) {
    var skip = new AvroSkips().of(schema);
    return (in, out) -> skip.skip(in);
  }

  /** Each of the steps over the same field. */
  private static Step all(List<Step> steps) {
    if (steps.size() == 1) {
      return steps.get(0);
    }
    return (in, out) -> {
      var begin = in.position();
      for (var step : steps) {
        in.moveTo(begin);
        step.take(in, out);
      }
    };
  }

  private static Step number(Measure measure, int index, Schema schema) {
    if (!schema.isUnion()) {
      return plain(measure, index, schema);
    }
    var branches =
        schema.getTypes().stream()
            .map(
                branch ->
                    branch.getType() == Schema.Type.NULL
                        ? skip(branch)
                        : plain(measure, index, branch))
            .toArray(Step[]::new);
    return (in, out) -> branches[in.readIndex(branches.length)].take(in, out);
  }

  private static Step plain(Measure measure, int index, Schema schema) {
    if (measure.up().isPresent()) {
      return state(index, schema, measure.up().get());
    }
    return switch (schema.getType()) {
      case INT -> (in, out) -> out.number(index, in.readInt());
      case LONG -> (in, out) -> out.number(index, (double) in.readLong());
      case FLOAT -> (in, out) -> out.number(index, in.readFloat());
      case DOUBLE -> (in, out) -> out.number(index, in.readDouble());
      default -> throw unfit(measure, schema, "a number");
    };
  }

  private static Step state(int index, Schema schema, String up) {
    switch (schema.getType()) {
      case ENUM -> {
        var symbols = schema.getEnumSymbols().size();
        var wanted = schema.getEnumOrdinal(up);
        return (in, out) -> out.number(index, in.readIndex(symbols) == wanted ? UP : 0);
      }
      case STRING -> {
        var wanted = up.getBytes(StandardCharsets.UTF_8);
        return (in, out) -> {
          var length = in.readLength();
          var from = in.position();
          in.skip(length);
          var isUp = Arrays.equals(wanted, 0, wanted.length, in.memory(), from, from + length);
          out.number(index, isUp ? UP : 0);
        };
      }
      default -> throw new IllegalArgumentException("a state is an enum or text, not " + schema);
    }
  }

  private static IllegalArgumentException unfit(Measure measure, Schema schema, String wanted) {
    return new IllegalArgumentException(
        "field '%s' is to be %s, and is %s"
            .formatted(measure.field(), wanted, Fields.valueSchema(schema)));
  }

  void take(AvroCursor in, RawRecord out) {
    for (var step : steps) {
      step.take(in, out);
    }
  }
}
