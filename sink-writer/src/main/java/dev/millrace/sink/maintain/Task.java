package dev.millrace.sink.maintain;

import java.time.Instant;
import java.util.Optional;

/**
 * A step that is due.
 *
 * @param table the table, {@code schema.name}
 * @param step what is to be done
 * @param target the partition it is done to; the table where that is a hypertable or a plain table
 * @param from begin of the time it is about; nothing is the beginning of time
 * @param to end of that time, not included
 */
public record Task(String table, Step step, String target, Optional<Instant> from, Instant to) {

  @Override
  public String toString() {
    return "%s %s %s"
        .formatted(
            step.label().replace('_', ' '),
            target,
            from.map(begin -> "[" + begin + ", " + to + ")").orElse("before " + to));
  }
}
