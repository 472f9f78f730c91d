package dev.millrace.producer.source;

import java.util.Optional;

/**
 * Lines that are pulled one after another. A bad line is handed out like a good one and stops
 * nothing. Used by one thread; holds one line in memory.
 */
public interface RecordSource extends AutoCloseable {

  /**
   * The next line; empty at the end, and from then on.
   *
   * @throws dev.millrace.failure.MillraceException {@link SourceFailure#INPUT_UNREADABLE} if the
   *     input itself breaks off
   */
  Optional<Line> next();

  /** Closes the input. */
  @Override
  void close();
}
