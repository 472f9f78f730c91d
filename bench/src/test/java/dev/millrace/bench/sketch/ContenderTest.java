package dev.millrace.bench.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderTest {
  private static final double[] FIVE = {-7.25, 3.5, 12, 100, -0.125};

  @ParameterizedTest
  @EnumSource
  void aFewValuesAreAnsweredWithinTheBound(Sketch sketch) {
    assertRight(sketch.of(FIVE), boundOf(sketch));
  }

  @ParameterizedTest
  @EnumSource
  void soAreTheyWhenMergedOneByOne(Sketch sketch) {
    var merged = sketch.empty();
    Arrays.stream(FIVE).forEach(value -> merged.merge(sketch.of(value)));
    assertRight(merged, boundOf(sketch));
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheRangeAskedForIsAdded(Sketch sketch) {
    var contender = sketch.empty();
    contender.add(FIVE, 2, 4);
    var answers = contender.at(0, 1);
    assertThat(new Exact(12, 100).valueError(0, answers[0])).isLessThan(0.0051);
    assertThat(new Exact(12, 100).valueError(1, answers[1])).isLessThan(0.0051);
  }

  @ParameterizedTest
  @EnumSource
  void moreValuesAreMoreBytes(Sketch sketch) {
    assertThat(sketch.of(FIVE).bytes().length).isGreaterThan(sketch.of(1).bytes().length);
  }

  private static void assertRight(Contender contender, double bound) {
    var exact = new Exact(FIVE);
    var asked = new double[] {0, 0.5, 0.95, 0.99, 1};
    var answers = contender.at(asked);
    for (var i = 0; i < asked.length; i++) {
      assertThat(exact.valueError(asked[i], answers[i])).as("%s", asked[i]).isLessThan(bound);
    }
  }

  /** All but the plain DDSketch keep so few values as they are. */
  private static double boundOf(Sketch sketch) {
    return sketch == Sketch.DDSKETCH ? 1.01 * DdSketchContender.RELATIVE_ACCURACY : 1e-9;
  }
}
