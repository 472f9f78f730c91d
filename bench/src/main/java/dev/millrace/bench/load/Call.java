package dev.millrace.bench.load;

import java.time.Instant;
import java.util.List;

/**
 * One call of the audio platform.
 *
 * @param traceId its identity
 * @param started begin of its first window
 * @param ended end of its last window
 * @param stations the stations it passes, by number
 */
public record Call(String traceId, Instant started, Instant ended, List<Integer> stations) {

  public Call {
    stations = List.copyOf(stations);
  }

  /** Whether it lasts through the window that begins then. */
  boolean isOnAt(Instant window) {
    return !window.isBefore(started) && window.isBefore(ended);
  }

  /** Whether any of it lies in the time. */
  boolean overlaps(TimeSpan span) {
    return started.isBefore(span.until()) && span.from().isBefore(ended);
  }
}
