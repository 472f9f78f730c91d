package dev.millrace.aggregate.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificanceTest {

  @ParameterizedTest
  @CsvSource({
    "0.05, 1, 1.959964",
    "0.01, 1, 2.575829",
    "0.05, 50, 3.290527",
    "1e-4, 1000, 5.326724"
  })
  void theMoreIsTriedTheMoreIsAskedFor(double chance, long tried, double sigmas) {
    assertThat(Significance.critical(chance, tried)).isCloseTo(sigmas, within(0.001));
  }

  @Test
  void aCorrelationHasTheSigmasOfItsSamples() {
    // Fisher's z of 0.5 is 0.549306.
    assertThat(Significance.sigmas(0.5, 103)).isCloseTo(5.49306, within(1e-4));
    assertThat(Significance.sigmas(-0.5, 103)).isCloseTo(5.49306, within(1e-4));
    assertThat(Significance.sigmas(1, 103)).isLessThan(27);
  }

  @Test
  void fromFewSamplesNothingFollows() {
    assertThat(Significance.sigmas(0.99, 29)).isZero();
    assertThat(Significance.atLeast(0.99, 29, 2)).isZero();
  }

  @Test
  void anIntervalEndsAtZero() {
    assertThat(Significance.atLeast(0.5, 103, 2)).isCloseTo(Math.tanh(0.349306), within(1e-4));
    assertThat(Significance.atLeast(-0.1, 103, 2)).isZero();
  }
}
