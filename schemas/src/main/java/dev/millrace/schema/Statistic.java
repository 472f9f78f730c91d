package dev.millrace.schema;

/** What a window knows of its values; a window record says which of its fields holds which. */
public enum Statistic {
  COUNT,
  MIN,
  MAX,
  SUM,
  /** Arithmetic mean. */
  AVG,
  /** Value with the latest event time. */
  LAST,
  /** Sample standard deviation (n - 1); null below two values. */
  STDDEV,
  P50,
  P95,
  P99
}
