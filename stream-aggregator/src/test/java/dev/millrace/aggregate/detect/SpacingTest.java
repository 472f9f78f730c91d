package dev.millrace.aggregate.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpacingTest {
  private final Spacing spacing = new Spacing();

  @Test
  void nothingIsUsualBeforeAnythingIsKnown() {
    assertThat(spacing.usual()).isZero();
    spacing.add(300);
    assertThat(spacing.usual()).isEqualTo(300);
    assertThat(spacing.isGap(1_000_000)).as("after one distance").isFalse();
  }

  @Test
  void moreThanThreeMissingAreAGapInASteadySeries() {
    add(100, 300);
    assertThat(spacing.isGap(1_200)).isFalse();
    assertThat(spacing.isGap(1_500)).isTrue();
  }

  @Test
  void aGapNowAndThenIsStillOne() {
    for (var i = 0; i < 100; i++) {
      spacing.add(i % 11 == 0 ? 3_600 : 300);
    }
    assertThat(spacing.usual()).isEqualTo(300);
    assertThat(spacing.isGap(3_600)).isTrue();
  }

  @Test
  void followsASeriesThatBecomesSlower() {
    add(100, 300);
    add(9, 3_600);
    assertThat(spacing.isGap(3_600)).isTrue();
    add(2, 3_600);
    assertThat(spacing.isGap(3_600)).isFalse();
    add(40, 3_600);
    assertThat(spacing.usual()).isEqualTo(3_600);
  }

  @Test
  void randomMomentsLeaveHardlyAGap() {
    var random = new Random(1);
    var gaps = 0;
    for (var i = 0; i < 100_000; i++) {
      var distance = (long) (-1e6 * Math.log(random.nextDouble()));
      gaps += spacing.isGap(distance) ? 1 : 0;
      spacing.add(distance);
    }
    assertThat(gaps).isBetween(10, 40);
  }

  private void add(int times, long distance) {
    for (var i = 0; i < times; i++) {
      spacing.add(distance);
    }
  }
}
