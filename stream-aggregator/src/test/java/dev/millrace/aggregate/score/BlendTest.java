package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlendTest {

  /** 100 - cbrt(dead / all * 100^3). */
  @ParameterizedTest
  @CsvSource({"0, 100", "1, 82.90", "2, 78.46", "20, 53.58", "100, 20.63", "199, 0.17", "200, 0"})
  void someDeadAmongTwoHundred(int dead, double score) {
    var blend = new Blend();
    for (var i = 0; i < 200; i++) {
      blend.add(1, i < dead ? 0 : 100);
    }
    assertThat(blend.score()).isCloseTo(score, within(0.005));
  }

  @Test
  void aWeightCountsAsSoManyOfThem() {
    assertThat(of(3, 40, 1, 90).score())
        .isEqualTo(of(1, 40, 1, 40, 1, 40, 1, 90).score())
        .isCloseTo(100 - Math.cbrt((3 * 216_000 + 1_000) / 4.0), within(1e-9));
  }

  @Test
  void liesBetweenTheWorstAndTheMeanAndFallsWithAnyScore() {
    var random = new Random(1);
    for (var run = 0; run < 1_000; run++) {
      var values = random.doubles(2 + random.nextInt(20), 0, 100).toArray();
      var score = ofEqual(values).score();
      var mean = java.util.Arrays.stream(values).average().orElseThrow();
      var worst = java.util.Arrays.stream(values).min().orElseThrow();
      assertThat(score).isBetween(worst - 1e-9, mean + 1e-9);
      var place = random.nextInt(values.length);
      values[place] *= random.nextDouble();
      assertThat(ofEqual(values).score()).isLessThanOrEqualTo(score);
    }
  }

  @Test
  void blendsOfPartsMergeToTheBlendOfAll() {
    var merged = of(1, 20, 2, 70);
    merged.add(of(3, 90));
    merged.add(new Blend());
    assertThat(merged.score()).isEqualTo(of(1, 20, 2, 70, 3, 90).score());
  }

  @Test
  void isKeptAsItIs() {
    for (var blend : new Blend[] {new Blend(), of(2, 33.3, 1, 99)}) {
      var out = new StateWriter();
      blend.encode(out);
      var read = Blend.decode(new StateReader(out.toByteArray()));
      assertThat(read.isEmpty()).isEqualTo(blend.isEmpty());
      if (!blend.isEmpty()) {
        assertThat(read.score()).isEqualTo(blend.score());
      }
    }
  }

  private static Blend of(double... weightsAndScores) {
    var blend = new Blend();
    for (var i = 0; i < weightsAndScores.length; i += 2) {
      blend.add(weightsAndScores[i], weightsAndScores[i + 1]);
    }
    return blend;
  }

  private static Blend ofEqual(double... scores) {
    var blend = new Blend();
    for (var score : scores) {
      blend.add(1, score);
    }
    return blend;
  }
}
