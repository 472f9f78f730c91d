package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.text.RecordReader;

/** Which field a column fills: the one of its name, or the event time for the time column. */
final class FieldNames {
  private final RecordType type;
  private final SourceOptions options;

  FieldNames(RecordType type, SourceOptions options) {
    this.type = type;
    this.options = options;
    requireReadable();
  }

  String of(String column) {
    return options.timeColumn().filter(column::equals).map(c -> type.eventTime()).orElse(column);
  }

  /** Constants are tried once, so that a bad one is told at once and not at every line. */
  private void requireReadable() {
    try {
      new RecordReader(type.schema()).fromText(options.constants());
    } catch (MillraceException failure) {
      // That other fields have no value yet is to be expected.
      if (failure.code() != SchemaFailure.FIELD_REQUIRED) {
        throw failure;
      }
    }
  }
}
