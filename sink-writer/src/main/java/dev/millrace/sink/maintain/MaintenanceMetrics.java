package dev.millrace.sink.maintain;

/**
 * What maintenance counts. Be woken by failures that go on for hours, by passes that do not come
 * any more, and by rows that wait in a default partition in growing numbers: somebody's clock is
 * wrong.
 *
 * <p>Called by the thread that runs the pass.
 */
public interface MaintenanceMetrics {

  /** Counts nothing. */
  MaintenanceMetrics NONE = new MaintenanceMetrics() {};

  /** A step was taken and has committed. */
  default void done(String table, Step step, long rows) {}

  /** A table was given up for this pass; {@code code} says why. */
  default void failed(String table, String code) {}

  /** Rows in the default partition of a table, after a pass. */
  default void waiting(String table, long rows) {}

  /** A pass has ended, with failures or without. */
  default void passed(long nanos) {}
}
