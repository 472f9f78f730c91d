package dev.millrace.aggregate.anomaly;

/** Is told of every step in the life of every incident. */
@FunctionalInterface
public interface IncidentListener {

  void step(IncidentStep step);
}
