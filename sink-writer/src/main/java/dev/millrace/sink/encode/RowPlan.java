package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Which fields of a record fill which columns of its table, and how. Fields and columns meet by
 * name, once, here. A column without a field keeps its default, a field without a column is not
 * stored. Immutable; safe for use by several threads.
 */
public final class RowPlan {
  private final Schema schema;
  private final List<Column> columns = new ArrayList<>();
  private final List<EncodePlan> plans = new ArrayList<>();
  private final List<String> unstored = new ArrayList<>();

  /**
   * Compiles the plan.
   *
   * @param schema the record, as this version of the product knows it
   * @param table the columns of the table that may be written
   * @throws MillraceException {@link EncodeFailure#UNSUPPORTED_COLUMN} for a pair of types that no
   *     plan joins
   */
  public RowPlan(Schema schema, List<Column> table) {
    this.schema = schema;
    Map<String, Column> byName =
        table.stream().collect(Collectors.toMap(Column::name, Function.identity()));
    for (var field : schema.getFields()) {
      var column = byName.get(field.name());
      if (column == null) {
        unstored.add(field.name());
      } else {
        columns.add(column);
        plans.add(EncodePlans.of(field.schema(), column));
      }
    }
  }

  /** The columns that are written, in the order the rows have them. */
  public List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  /** Fields that the table has no column for. */
  public List<String> unstored() {
    return List.copyOf(unstored);
  }

  Schema schema() {
    return schema;
  }

  int width() {
    return columns.size();
  }

  Column column(int index) {
    return columns.get(index);
  }

  EncodePlan plan(int index) {
    return plans.get(index);
  }

  /** Where in the row a field goes; empty if it is not stored. */
  Optional<Integer> placeOf(String field) {
    for (var i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(field)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
