package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.schema.Curve;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.insight.InsightRecords;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RatingTest {
  private static final Curve HEADROOM = Curve.linear(50, 100, 70, 85, 100, 0);
  private static final Curve ERRORS = Curve.log(1, 100, 10, 95, 100_000, 0);

  @ParameterizedTest
  @CsvSource({"-3, 100", "0, 100", "50, 100", "60, 92.5", "70, 85", "85, 42.5", "100, 0", "1e9, 0"})
  void isStraightBetweenKneesAndAsTheOutermostBeyond(double value, double score) {
    assertThat(new Rating(HEADROOM).of(value)).isCloseTo(score, within(1e-9));
  }

  /** Half-way in powers of ten: 10^0.5 lies between 1 and 10, 10^3 between 10 and 10^5. */
  @ParameterizedTest
  @CsvSource({"-1, 100", "0, 100", "1, 100", "3.16227766, 97.5", "1000, 47.5", "1e5, 0", "1e7, 0"})
  void isStraightOverTheLogarithm(double value, double score) {
    assertThat(new Rating(ERRORS).of(value)).isCloseTo(score, within(1e-6));
  }

  /** Each nine is visible, as the catalogue has it. */
  @Test
  void ninetyNinePercentIsVisiblyWorseThanThreeNines() {
    var up = new Rating(measured().get(0).curve());
    assertThat(up.of(100)).isEqualTo(100);
    assertThat(up.of(99.9)).isEqualTo(95);
    assertThat(up.of(99)).isEqualTo(80);
    assertThat(up.of(59 / 60.0 * 100)).as("one minute of an hour").isCloseTo(75.8, within(0.1));
    assertThat(up.of(0)).isZero();
  }

  static List<Scoring.Measured> measured() {
    return InsightRecords.HEALTH_SCORES.scoring().orElseThrow().entities().stream()
        .flatMap(entity -> entity.measures().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("measured")
  void everyCurveOfTheCatalogueStaysWithinBoundsAndNeverTurns(Scoring.Measured measured) {
    var rating = new Rating(measured.curve());
    var knees = measured.curve().knees();
    var rises = knees.get(0).score() < knees.get(knees.size() - 1).score();
    var before = rating.of(-10);
    for (var value = 1e-3; value < 1e6; value *= 1.01) {
      var score = rating.of(value);
      assertThat(score).isBetween(0.0, 100.0);
      assertThat(rises ? score - before : before - score).isGreaterThanOrEqualTo(0);
      before = score;
    }
  }
}
