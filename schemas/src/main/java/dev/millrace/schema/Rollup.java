package dev.millrace.schema;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How records of a type are rolled up, by day and group, from the latest rows of other types. A row
 * is what the key of its table names: published again, it takes the place of what it was. The
 * rolled-up record is published again whenever a row of its group has changed.
 *
 * @param group the field that names the group; an input has it, too
 * @param begin field for the begin of the day (timestamp-micros, UTC)
 * @param date field for the day
 * @param inputs what it is made of
 * @param known where more is known of the group, if anywhere
 */
public record Rollup(
    String group, String begin, String date, List<Input> inputs, Optional<Enrichment.Known> known) {

  public Rollup {
    Objects.requireNonNull(group);
    Objects.requireNonNull(begin);
    Objects.requireNonNull(date);
    inputs = List.copyOf(inputs);
  }

  /**
   * Rows of one type.
   *
   * @param of the type, which has a table with a key; rows without a group are left out
   * @param only fields and the values they must have for the row to count, as text
   * @param figures what is made of them
   */
  public record Input(RecordType of, Map<String, String> only, List<Figure> figures) {

    public Input {
      only = Map.copyOf(only);
      figures = List.copyOf(figures);
    }
  }

  /** One number over the rows of a group. */
  public sealed interface Figure {

    /** The field of the rolled-up record. */
    String target();

    /** How many rows there are. */
    record Count(String target) implements Figure {}

    /** How many rows have a value, as text. */
    record CountIf(String target, String field, String value) implements Figure {}

    /** The sum of a field; nulls count not. */
    record Sum(String target, String field) implements Figure {}

    /** The mean of a field over the rows that have it; null if none has. */
    record Mean(String target, String field) implements Figure {}
  }

  /** The topics of the inputs, each once. */
  public List<String> topics() {
    return inputs.stream().map(input -> input.of().topic()).distinct().toList();
  }

  Rollup prefixed(String prefix) {
    return new Rollup(
        group,
        begin,
        date,
        inputs.stream()
            .map(input -> new Input(input.of().prefixed(prefix), input.only(), input.figures()))
            .toList(),
        known.map(table -> table.prefixed(prefix)));
  }

  void requireFieldsOf(org.apache.avro.Schema schema) {
    Fields.require(schema, group, begin, date);
    for (var input : inputs) {
      var rows = input.of();
      Fields.require(rows.schema(), group);
      input.only().keySet().forEach(field -> Fields.require(rows.schema(), field));
      if (rows.table().filter(table -> !table.appendOnly()).isEmpty()) {
        throw new IllegalArgumentException(rows + " has no key that would tell its rows apart");
      }
      for (var figure : input.figures()) {
        Fields.require(schema, figure.target());
        fieldOf(figure).ifPresent(field -> Fields.require(rows.schema(), field));
      }
    }
  }

  /** The field of the rows that a figure is made of. */
  public static Optional<String> fieldOf(Figure figure) {
    if (figure instanceof Figure.CountIf counted) {
      return Optional.of(counted.field());
    }
    if (figure instanceof Figure.Sum sum) {
      return Optional.of(sum.field());
    }
    if (figure instanceof Figure.Mean mean) {
      return Optional.of(mean.field());
    }
    return Optional.empty();
  }
}
