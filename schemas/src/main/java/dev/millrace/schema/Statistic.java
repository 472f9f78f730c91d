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
  P99,
  /** Share of a state's readings that were up, 0 to 100; null for a measure that is no state. */
  UPTIME_PCT,
  /**
   * Seconds a state was down: of the time its readings reach over, the share that was not up. Null
   * for a measure that is no state.
   */
  DOWNTIME_SECONDS,
  /** Incidents of the series that began within the window. */
  ANOMALIES;

  /** Whether it is known only while the values of a window are kept, or a sketch of them. */
  public boolean isPercentile() {
    return this == P50 || this == P95 || this == P99;
  }
}
