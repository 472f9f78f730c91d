package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * How the records of one schema become the rows of one table. Fields and columns meet by name,
 * once, here; afterwards only positions are used. A column without a field keeps its default, a
 * field without a column is not stored. Immutable; used by any thread, each with its own buffer.
 */
public final class RowPlan {
  private final Column[] columns;
  private final int[] positions;
  private final EncodePlan[] plans;
  private final List<String> unstored;

  /**
   * Compiles the plan.
   *
   * @param schema the record
   * @param table the columns of the table that may be written
   * @throws MillraceException {@link EncodeFailure#UNSUPPORTED_COLUMN} for a pair of types that no
   *     plan joins
   */
  public RowPlan(Schema schema, List<Column> table) {
    var byName = table.stream().collect(Collectors.toMap(Column::name, Function.identity()));
    var filled = filled(schema, byName);
    columns = filled.stream().map(field -> byName.get(field.name())).toArray(Column[]::new);
    positions = filled.stream().mapToInt(Schema.Field::pos).toArray();
    plans = new EncodePlan[columns.length];
    for (var i = 0; i < columns.length; i++) {
      plans[i] = EncodePlans.of(filled.get(i).schema(), columns[i]);
    }
    unstored =
        schema.getFields().stream()
            .map(Schema.Field::name)
            .filter(name -> !byName.containsKey(name))
            .toList();
  }

  private static List<Schema.Field> filled(Schema schema, Map<String, Column> byName) {
    return schema.getFields().stream().filter(f -> byName.containsKey(f.name())).toList();
  }

  /** The columns that are written, in the order the rows have them. */
  public List<String> columns() {
    var names = new ArrayList<String>();
    for (var column : columns) {
      names.add(column.name());
    }
    return names;
  }

  /** Fields that the table has no column for. */
  public List<String> unstored() {
    return unstored;
  }

  /**
   * Appends one row; leaves the buffer as it was if that fails.
   *
   * @throws MillraceException an {@link EncodeFailure} of owner data
   */
  public void append(IndexedRecord record, CopyBuffer out) {
    var begin = out.size();
    try {
      out.putShort(plans.length);
      for (var i = 0; i < plans.length; i++) {
        appendField(i, record.get(positions[i]), out);
      }
    } catch (RuntimeException unfinished) {
      out.truncate(begin);
      throw unfinished;
    }
  }

  private void appendField(int index, Object value, CopyBuffer out) {
    if (value == null) {
      if (columns[index].required()) {
        throw EncodeFailure.VALUE_REQUIRED.of(columns[index], null, "must have a value");
      }
      out.putNull();
      return;
    }
    var begin = out.beginLength();
    plans[index].append(value, out);
    out.endLength(begin);
  }
}
