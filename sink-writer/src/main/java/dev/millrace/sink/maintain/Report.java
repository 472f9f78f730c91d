package dev.millrace.sink.maintain;

import dev.millrace.failure.MillraceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a pass did, or would do.
 *
 * @param at the time it went by
 * @param done every step, in order
 * @param failures what could not be done; the rest was
 * @param waiting rows that lie in a default partition, by table, where there are any
 */
public record Report(
    Instant at, List<Done> done, List<MillraceException> failures, Map<String, Long> waiting) {

  public Report {
    done = List.copyOf(done);
    failures = List.copyOf(failures);
    waiting = Map.copyOf(waiting);
  }
}
