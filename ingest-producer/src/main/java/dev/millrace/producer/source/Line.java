package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import org.apache.avro.generic.GenericRecord;

/** One line of a source: a record, or why it is none. */
public sealed interface Line {

  /** Number of the line in its input, from 1; of the first, where quotes span several. */
  long number();

  /** The line as it was read, without its line end: what dead letters keep. */
  String raw();

  /** A line that could be read. Whether its values are fit is for the publisher to say. */
  record Good(long number, String raw, GenericRecord record) implements Line {}

  /** A line that could not be read; the next one may be fine. */
  record Bad(long number, String raw, MillraceException failure) implements Line {}
}
