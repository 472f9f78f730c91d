package dev.millrace.aggregate.rarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RarityTest {
  /** What opens an incident out of the box. */
  private static final double OPENS = Rarity.ofScore(0.65);

  private final Random random = new Random(1);
  private Rarity rarity = new Rarity();

  @ParameterizedTest
  @CsvSource({"0, 0", "1.6, 0.5", "10, 0.862"})
  void aScoreIsOfARarity(double given, double score) {
    assertThat(Rarity.score(given)).isCloseTo(score, within(1e-3));
    assertThat(Rarity.ofScore(Rarity.score(given))).isCloseTo(given, within(1e-9));
  }

  @Test
  void ofNoiseHardlyAnythingIsRare() {
    normal(2_000);
    var most = 0;
    var sum = 0.0;
    for (var i = 0; i < 20_000; i++) {
      var is = next(noise());
      most += is >= OPENS ? 1 : 0;
      sum += is;
    }
    assertThat(most).isLessThan(20);
    assertThat(sum / 20_000).as("one in three, mean of four").isBetween(0.2, 0.5);
  }

  @Test
  void aSpikeIsRarerTheFartherItIs() {
    normal(2_000);
    var state = bytes(rarity);
    var last = 0.0;
    for (var sigma : new double[] {0, 3, 4, 6, 10, 20}) {
      rarity = decoded(state);
      var is = next(100 + sigma);
      assertThat(is).as("%s sigma", sigma).isGreaterThanOrEqualTo(last);
      last = is;
    }
    assertThat(last).isGreaterThan(OPENS).isLessThanOrEqualTo(10);
  }

  @Test
  void theTwoRarestAnswersAreNoLessThanAllFour() {
    normal(2_000);
    for (var i = 0; i < 5_000; i++) {
      var value = random.nextInt(50) == 0 ? noise() + 6 : noise();
      var four = rarity.add(value, 100, 1);
      assertThat(rarity.ofTwo()).isBetween(four - 1e-9, 10.0).isLessThanOrEqualTo(2 * four + 1e-9);
      rarity.learn(false);
    }
  }

  @Test
  void aHabitIsNotRare() {
    for (var i = 0; i < 20_000; i++) {
      next(i % 50 == 0 ? 120 + noise() : noise());
    }
    var most = 0.0;
    for (var i = 0; i < 1_000; i++) {
      most = Math.max(most, next(i % 50 == 0 ? 120 + noise() : noise()));
    }
    assertThat(most).isLessThan(OPENS);
  }

  /** One in eight of an anomaly's deviations is counted, so that it is found again. */
  @Test
  void whatIsToldToBeAnomalousStaysRarer() {
    normal(2_000);
    var state = bytes(rarity);
    spikes(false);
    var usual = next(110);
    rarity = decoded(state);
    spikes(true);
    assertThat(next(110)).isGreaterThan(usual + 0.2);
  }

  private void spikes(boolean areAnomalous) {
    for (var i = 0; i < 40; i++) {
      rarity.add(110, 100, 1);
      rarity.learn(areAnomalous);
      normal(20);
    }
  }

  @Test
  void withoutAnExpectationTheLevelIsWhatItLearns() {
    for (var i = 0; i < 1_000; i++) {
      rarity.add(noise(), Double.NaN, 1);
      rarity.learn(false);
    }
    assertThat(rarity.run()).isBetween(-1.0, 1.0);
    assertThat(rarity.seen()).isEqualTo(1_000);
    rarity.add(1_000, Double.NaN, 1);
    assertThat(rarity.run()).isGreaterThan(30);
  }

  @Test
  void theRunIsTheMeanOfTheLatestResiduals() {
    normal(2_000);
    for (var i = 0; i < 100; i++) {
      next(107);
    }
    assertThat(rarity.run()).isCloseTo(7, within(0.1));
  }

  @Test
  void bytesComeBackAndGoOnBitByBit() {
    for (var seen : new int[] {0, 1, 30, 600, 21_000}) {
      rarity = new Rarity();
      normal(seen);
      next(104);
      var copy = decoded(bytes(rarity));
      for (var i = 0; i < 2_000; i++) {
        var value = i == 0 ? 104 : i % 97 == 0 ? 130 : noise();
        assertThat(copy.add(value, 100, 1)).isEqualTo(rarity.add(value, 100, 1));
        rarity.learn(i % 97 == 0);
        copy.learn(i % 97 == 0);
      }
      assertThat(bytes(copy)).isDeepEqualTo(bytes(rarity));
    }
  }

  @Test
  void whatChangesOftenAndWhatSeldomAreSmall() {
    normal(25_000);
    var bytes = bytes(rarity);
    assertThat(bytes[0].length).isLessThan(400);
    assertThat(bytes[1].length).isLessThan(800);
    assertThat(rarity.memoryChanged()).isFalse();
    var changes = 0;
    for (var i = 0; i < 1_000; i++) {
      next(noise());
      if (rarity.memoryChanged()) {
        changes++;
        bytes(rarity);
      }
    }
    assertThat(changes).isBetween(5, 50);
  }

  private void normal(int values) {
    for (var i = 0; i < values; i++) {
      next(noise());
    }
  }

  private double noise() {
    return 100 + random.nextGaussian();
  }

  private double next(double value) {
    var is = rarity.add(value, 100, 1);
    rarity.learn(false);
    return is;
  }

  private static byte[][] bytes(Rarity rarity) {
    var often = new StateWriter();
    rarity.encode(often);
    var memory = new StateWriter();
    rarity.encodeMemory(memory);
    return new byte[][] {often.toByteArray(), memory.toByteArray()};
  }

  private static Rarity decoded(byte[][] bytes) {
    return Rarity.decode(new StateReader(bytes[0]), new StateReader(bytes[1]));
  }
}
