package dev.millrace.aggregate.window;

/** Is told of every window that is to be published. */
@FunctionalInterface
public interface ClosedWindows {

  /**
   * A window has closed, or a closed one has changed. The window goes on living: take what is
   * needed before returning.
   *
   * @param tier index into {@link Cascade#tiers}
   */
  void closed(int tier, Window window);
}
