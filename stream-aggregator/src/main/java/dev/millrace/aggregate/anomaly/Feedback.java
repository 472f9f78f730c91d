package dev.millrace.aggregate.anomaly;

/** What people have said of the incidents of one series. */
@FunctionalInterface
public interface Feedback {
  Feedback NONE = detectedMicros -> false;

  /** Whether the incident that was detected then was expected, or no anomaly. */
  boolean excuses(long detectedMicros);
}
