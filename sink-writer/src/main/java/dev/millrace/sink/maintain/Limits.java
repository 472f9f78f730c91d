package dev.millrace.sink.maintain;

import java.time.Duration;

/**
 * How long maintenance gets in the way of others.
 *
 * @param lockTimeout longest wait for a lock, and so the longest that others wait behind it
 * @param attempts how often a step is tried while its table is busy
 * @param pause between attempts; longer by as much with each
 * @param batchRows about how many rows a transaction deletes
 */
public record Limits(Duration lockTimeout, int attempts, Duration pause, int batchRows) {
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(1), 4, Duration.ofMillis(500), 20_000);
}
