package dev.millrace.aggregate.anomaly;

/** Is told of every step in the life of every incident. */
@FunctionalInterface
public interface IncidentListener {

  void step(IncidentStep step);

  /**
   * A deviation has lasted: what was normal is so no more.
   *
   * @param shift from the old level to the new one, in the metric's unit
   */
  default void levelChanged(double shift) {}
}
