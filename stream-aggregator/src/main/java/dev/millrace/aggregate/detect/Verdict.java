package dev.millrace.aggregate.detect;

import dev.millrace.schema.insight.AnomalyType;
import java.util.Optional;

/**
 * What is thought of one value of a series.
 *
 * @param score 0 to 1: how much it deserves to be looked at; 0 where it was not judged
 * @param expectation empty while nothing is expected yet, or where it was not judged
 * @param type of the incident that is open, or that ends with it: a gap, or a new level; if any
 */
public record Verdict(double score, Optional<Expectation> expectation, Optional<AnomalyType> type) {

  /** Of what is not judged. */
  static final Verdict NONE = new Verdict(0, Optional.empty(), Optional.empty());

  /**
   * What was to be expected.
   *
   * @param mean of the baseline
   * @param lower what is below is a warning
   * @param upper what is above is a warning
   * @param sigma standard deviations that the value is above the mean, or below if negative
   */
  public record Expectation(double mean, double lower, double upper, double sigma) {}
}
