package dev.millrace.bench.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of -8, -4, 2, 4, 8, 10 the median lies between 2 and 4, and p95 between 8 and 10. */
class ExactTest {
  private final Exact exact = new Exact(4, -8, 10, 2, -4, 8);

  @ParameterizedTest
  @CsvSource({
    "0.5, 2, 0",
    "0.5, 3.3, 0",
    "0.5, 4, 0",
    "0.5, 5, 0.25",
    "0.5, 1, 0.5",
    "0.5, -4, 3",
    "0.95, 8.5, 0",
    "0.95, 11, 0.1",
    "0.95, 6, 0.25",
    "0, -8, 0",
    "0, -6, 0.25",
  })
  void theValueIsOffByAShareOfTheNearestRightOne(double quantile, double answer, double error) {
    assertThat(exact.valueError(quantile, answer)).isCloseTo(error, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 3, 0",
    "0.5, 4.5, 0",
    "0.5, 8, 1",
    "0.5, 8.5, 1",
    "0.5, 11, 2",
    "0.5, 1.9, 0",
    "0.5, -4, 1",
    "0.5, -5, 1",
    "0.5, -9, 2",
    "0.95, 2, 2",
    "0.95, 11, 0",
  })
  void theRankIsOffByWholeRanks(double quantile, double answer, double ranks) {
    assertThat(exact.rankError(quantile, answer)).isCloseTo(ranks / 6, within(1e-12));
  }

  /** The median is at rank 3, the first 9; the last 5 is at rank 2. */
  @Test
  void ofEqualValuesTheNearestCounts() {
    var equals = new Exact(1, 5, 5, 9, 9, 9, 9);
    assertThat(equals.rankError(0.5, 9)).isZero();
    assertThat(equals.rankError(0.5, 5)).isCloseTo(1 / 7.0, within(1e-12));
    assertThat(equals.rankError(0.2, 9)).isCloseTo(1 / 7.0, within(1e-12));
  }

  /** Ten times 7: the median is at ranks 4 and 5, and 4 values lie above rank 5. */
  @Test
  void besideAConstantAllOfItIsPassed() {
    var constant = new Exact(7, 7, 7, 7, 7, 7, 7, 7, 7, 7);
    assertThat(constant.rankError(0.5, 7)).isZero();
    assertThat(constant.rankError(0.5, 7.001)).isCloseTo(0.4, within(1e-12));
    assertThat(constant.rankError(0.5, 6.999)).isCloseTo(0.4, within(1e-12));
    assertThat(constant.rankError(0.99, 7.001)).isZero();
    assertThat(constant.rankError(0.99, 6.999)).isCloseTo(0.8, within(1e-12));
    assertThat(constant.valueError(0.5, 7.07)).isCloseTo(0.01, within(1e-12));
  }
}
