package dev.millrace.bench.site;

import dev.millrace.failure.MillraceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes do. */
public final class Waiting {
  private static final long ASK_AGAIN_NANOS = 2_000_000;

  private Waiting() {}

  /** A question to a database; one that is away counts as no. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws SQLException;
  }

  /**
   * Waits until it holds.
   *
   * @param what is waited for, in words
   * @throws MillraceException {@link SiteFailure#STUCK} if it does not hold in time
   */
  public static void until(String what, Duration limit, Condition condition) {
    if (!within(limit, condition)) {
      throw new MillraceException(
          SiteFailure.STUCK, "waited %d s for %s".formatted(limit.toSeconds(), what));
    }
  }

  /** Waits until it holds; whether it did in time. */
  public static boolean within(Duration limit, Condition condition) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
    }
    return true;
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (SQLException away) {
      return false;
    }
  }
}
