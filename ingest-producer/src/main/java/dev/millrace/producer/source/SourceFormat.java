package dev.millrace.producer.source;

import dev.millrace.schema.RecordType;
import java.io.Reader;

/** The formats records can be read from. */
public enum SourceFormat {
  /** Comma-separated values (RFC 4180) with a header line. */
  CSV {
    @Override
    public RecordSource open(RecordType type, SourceOptions options, Reader input) {
      return new CsvSource(type, options, input);
    }
  },
  /** One JSON object a line. */
  NDJSON {
    @Override
    public RecordSource open(RecordType type, SourceOptions options, Reader input) {
      return new NdjsonSource(type, options, input);
    }
  };

  /**
   * Opens a source of records of {@code type}; closes {@code input} with it, or when it fails.
   *
   * @throws dev.millrace.failure.MillraceException if the input is empty, or its header or the
   *     options do not fit the type
   */
  public abstract RecordSource open(RecordType type, SourceOptions options, Reader input);
}
