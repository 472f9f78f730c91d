package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Nearest;
import dev.millrace.schema.RecordType;
import java.util.HashSet;
import java.util.List;
import org.apache.avro.Schema;

/** Matches the header of a CSV input to the fields of a record type, or says what does not fit. */
final class CsvHeader {
  private final RecordType type;
  private final SourceOptions options;
  private final List<String> columns;

  CsvHeader(RecordType type, SourceOptions options, List<String> columns) {
    this.type = type;
    this.options = options;
    this.columns = columns;
  }

  /**
   * The fields the columns fill, in the order of the columns.
   *
   * @throws MillraceException naming the column
   */
  List<String> fields(FieldNames names) {
    requireTimeColumn();
    columns.forEach(column -> requireKnown(column, names));
    var fields = columns.stream().map(names::of).toList();
    requireNoDuplicate(fields);
    requireComplete(fields);
    return fields;
  }

  private void requireTimeColumn() {
    options
        .timeColumn()
        .filter(column -> !columns.contains(column))
        .ifPresent(
            column -> {
              throw new MillraceException(
                  SourceFailure.MISSING_COLUMN,
                  "the time column '%s' is not in the header%s; the columns are %s"
                      .formatted(column, Nearest.suggestion(column, columns), columns));
            });
  }

  private void requireKnown(String column, FieldNames names) {
    if (type.schema().getField(names.of(column)) == null) {
      var known = type.schema().getFields().stream().map(Schema.Field::name).toList();
      throw new MillraceException(
          SourceFailure.UNKNOWN_COLUMN,
          "column '%s' is no field of %s%s; its fields are %s"
              .formatted(
                  column,
                  type.topic(),
                  Nearest.suggestion(column, known),
                  String.join(", ", known)));
    }
  }

  private void requireNoDuplicate(List<String> fields) {
    var seen = new HashSet<String>();
    for (var field : fields) {
      if (!seen.add(field)) {
        throw new MillraceException(
            SourceFailure.DUPLICATE_COLUMN,
            "two columns are given for field '%s'; remove one of %s".formatted(field, columns));
      }
    }
  }

  private void requireComplete(List<String> fields) {
    var missing =
        type.schema().getFields().stream()
            .filter(field -> !field.hasDefaultValue())
            .map(Schema.Field::name)
            .filter(field -> !fields.contains(field))
            .filter(field -> !options.constants().containsKey(field))
            .toList();
    if (!missing.isEmpty()) {
      throw new MillraceException(
          SourceFailure.MISSING_COLUMN,
          "%s needs a column for %s; give it with --set %s=…%s"
              .formatted(
                  type.topic(),
                  String.join(", ", missing),
                  missing.get(0),
                  missing.contains(type.eventTime()) ? " or --time-column" : ""));
    }
  }
}
