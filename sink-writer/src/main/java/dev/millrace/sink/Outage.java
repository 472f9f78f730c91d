package dev.millrace.sink;

/**
 * Whether the database is known to be away. The first writer to find that out makes the others wait
 * with it; the first one to get through lets all of them go on. Safe for use by several threads.
 */
final class Outage {
  private long untilMillis;
  private long passes;

  /** No one need try before then. */
  synchronized void lasts(long until) {
    untilMillis = until;
  }

  /** Somebody got through. */
  synchronized void isOver() {
    untilMillis = 0;
    passes++;
  }

  synchronized boolean isOn(long nowMillis) {
    return nowMillis < untilMillis;
  }

  /** How often somebody got through; whoever failed before the latest time may try at once. */
  synchronized long passes() {
    return passes;
  }
}
