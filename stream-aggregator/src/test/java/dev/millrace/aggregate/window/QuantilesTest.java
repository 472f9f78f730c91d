package dev.millrace.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilesTest {
  private static final double[] ASKED = {0, 0.01, 0.05, 0.5, 0.505, 0.95, 0.99, 1};

  @ParameterizedTest
  @CsvSource({"1", "2", "5", "63", "64"})
  void fewValuesAreExact(int size) {
    var values = Samples.shaped("around zero", size, size).toArray();
    var quantiles = of(values);
    assertThat(quantiles.exact()).isTrue();
    assertThat(at(quantiles, values)).containsExactly(expected(values));
  }

  @ParameterizedTest
  @CsvSource({
    "constant",
    "negative",
    "around zero",
    "heavy tail",
    "huge",
    "uniform",
  })
  void manyValuesAreWithinHalfAPercent(String shape) {
    for (var size : new int[] {65, 66, 100, 720, 10_000}) {
      var values = Samples.shaped(shape, size, 17).toArray();
      var answers = at(of(values), values);
      for (var i = 0; i < ASKED.length; i++) {
        assertThat(answers[i])
            .as("%s of %d %s", ASKED[i], size, shape)
            .isCloseTo(expected(values)[i], within(bound(values, ASKED[i])));
      }
    }
  }

  /** The bound of the farther of the two values an answer rests on. */
  private static double bound(double[] values, double quantile) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    var rank = quantile * (sorted.length - 1);
    var below = Math.abs(sorted[(int) rank]);
    var above = Math.abs(sorted[(int) Math.ceil(rank)]);
    return 1.01 * SketchBins.RELATIVE_ACCURACY * Math.max(below, above);
  }

  @ParameterizedTest
  @CsvSource({"negative, 40", "heavy tail, 64", "around zero, 200", "huge, 3000"})
  void theStateIsAFunctionOfTheMultiset(String shape, int size) {
    var values = Samples.shaped(shape, size, 5).boxed().toList();
    var shuffled = new java.util.ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(6));
    var whole = of(values.stream().mapToDouble(v -> v).toArray());
    var merged = new Quantiles();
    for (var from = 0; from < size; from += 50) {
      var part = shuffled.subList(from, Math.min(size, from + 50));
      merged.merge(of(part.stream().mapToDouble(v -> v).toArray()));
    }
    assertThat(bytes(merged)).isEqualTo(bytes(whole));
  }

  @Test
  void aSketchMergedIntoFewValuesIsTheSameAsTheOtherWay() {
    var few = Samples.shaped("uniform", 10, 1).toArray();
    var many = Samples.shaped("negative", 500, 2).toArray();
    var left = of(few);
    left.merge(of(many));
    var right = of(many);
    right.merge(of(few));
    assertThat(bytes(left)).isEqualTo(bytes(right));
  }

  @ParameterizedTest
  @CsvSource({"uniform, 0", "uniform, 64", "around zero, 65", "huge, 1000", "heavy tail, 5000"})
  void bytesComeBackAsTheSameState(String shape, int size) {
    var values = Samples.shaped(shape, size, 3).toArray();
    var quantiles = of(values);
    var back = Quantiles.decode(new StateReader(bytes(quantiles)));
    assertThat(bytes(back)).isEqualTo(bytes(quantiles));
    assertThat(at(back, values)).containsExactly(at(quantiles, values));
    back.add(7);
    quantiles.add(7);
    assertThat(bytes(back)).isEqualTo(bytes(quantiles));
  }

  @Test
  void aCopyLivesItsOwnLife() {
    var values = Samples.shaped("uniform", 100, 3).toArray();
    var original = of(values);
    var before = bytes(original);
    original.copy().add(1e9);
    assertThat(bytes(original)).isEqualTo(before);
  }

  @Test
  void memoryIsBoundedHoweverWideTheValuesAre() {
    var random = new Random(4);
    var wide = DoubleStream.generate(() -> Math.exp(600 * (random.nextDouble() - 0.5)));
    assertThat(bytes(of(wide.limit(100_000).toArray())).length).isLessThan(2_100 * 6);
  }

  @Test
  void nothingHasNoQuantiles() {
    assertThat(new Quantiles().at(0, 0, 0.5)).containsExactly(Double.NaN);
  }

  private static double[] expected(double[] values) {
    return Arrays.stream(ASKED).map(asked -> Samples.percentile(values, asked)).toArray();
  }

  private static double[] at(Quantiles quantiles, double[] values) {
    var range = Arrays.stream(values).summaryStatistics();
    return quantiles.at(range.getMin(), range.getMax(), ASKED);
  }

  private static Quantiles of(double... values) {
    var quantiles = new Quantiles();
    Arrays.stream(values).forEach(quantiles::add);
    return quantiles;
  }

  private static byte[] bytes(Quantiles quantiles) {
    var out = new StateWriter();
    quantiles.encode(out);
    return out.toByteArray();
  }
}
