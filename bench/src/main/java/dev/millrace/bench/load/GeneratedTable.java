package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;

/**
 * Generated rows of one table, cut into batches in the order of their time. The same constructor
 * arguments give the same rows, whichever thread asks for which batch, and in whatever order.
 * Immutable.
 */
public interface GeneratedTable {

  /** Whose table is filled. */
  RecordType type();

  /** How many rows all batches have together. */
  long rows();

  /** The times all rows lie in. */
  TimeSpan span();

  int batches();

  /**
   * Hands out the rows of one batch. The record is the same object every time, filled anew.
   *
   * @param batch from 0 to {@link #batches} - 1
   */
  void generate(int batch, Consumer<IndexedRecord> rows);
}
