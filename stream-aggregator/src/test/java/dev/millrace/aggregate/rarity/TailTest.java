package dev.millrace.aggregate.rarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {
  /** Half an octave, and a dozen of the largest: what is not exact about it. */
  private static final double COARSE = 0.35;

  private static final int MOST = 20_000;

  private final Random random = new Random(1);
  private Tail tail = new Tail();

  @Test
  void nothingIsRareBeforeEnoughWasSeen() {
    for (var i = 1; i < Tail.WARM_UP; i++) {
      learn(random.nextDouble());
    }
    assertThat(rarity(1_000)).isZero();
    learn(random.nextDouble());
    assertThat(rarity(1_000)).isEqualTo(Tail.RAREST);
  }

  /** Above a share of the interval, there is the rest of it. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5, 0.7, 0.85})
  void ofAnIntervalItIsTheShareAbove(double size) {
    learn(10_000, random::nextDouble);
    assertThat(rarity(size)).isCloseTo(-Math.log10(1 - size), within(COARSE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2, 3, 4, 5, 6})
  void ofAnExponentialItIsTheExponent(double size) {
    learn(10_000, this::exponential);
    assertThat(rarity(size)).isCloseTo(size * Math.log10(Math.E), within(COARSE));
  }

  /** Larger than all ten thousand before: told from twelve of them, whose mean excess varies. */
  @ParameterizedTest
  @ValueSource(doubles = {10, 12, 15, 20})
  void beyondAllSeenAnExponentialGoesOn(double size) {
    learn(10_000, this::exponential);
    assertThat(rarity(size)).isCloseTo(size * Math.log10(Math.E), within(0.35 * size * 0.43));
  }

  @Test
  void whatIsLargerIsNoLessRare() {
    for (var seen : new int[] {60, 500, 19_999, 20_001, 20_010, 25_000}) {
      tail = new Tail();
      learn(seen, this::exponential);
      var last = 0.0;
      for (var size = 0.0; size < 40; size += 0.01) {
        assertThat(rarity(size)).as("of %s after %s", size, seen).isGreaterThanOrEqualTo(last);
        last = rarity(size);
      }
    }
  }

  @Test
  void howeverFarOutThereIsABound() {
    learn(10_000, this::exponential);
    assertThat(rarity(1e6)).isEqualTo(Tail.RAREST);
    assertThat(rarity(Double.MAX_VALUE)).isEqualTo(Tail.RAREST);
  }

  @Test
  void askingChangesNothing() {
    learn(1_000, this::exponential);
    var before = rarity(3);
    rarity(30);
    rarity(0);
    assertThat(rarity(3)).isEqualTo(before);
  }

  @Test
  void thePastIsHalvedAndSoForgotten() {
    learn(MOST / 2, () -> 8 + random.nextDouble());
    assertThat(rarity(8.5)).as("usual").isLessThan(0.5);
    learn(MOST / 2 - 1, random::nextDouble);
    var full = rarity(8.5);
    assertThat(full).as("every other").isCloseTo(Math.log10(4), within(0.1));
    learn(random.nextDouble());
    assertThat(rarity(8.5)).as("halved").isCloseTo(full, within(0.05));
    learn(5 * MOST, random::nextDouble);
    assertThat(rarity(8.5)).as("long ago").isGreaterThan(3);
    assertThat(rarity(0.1)).isLessThan(0.2);
  }

  @Test
  void bytesComeBackAndGoOnBitByBit() {
    for (var seen : new int[] {0, 5, 30, 700, 19_999, 20_000, 31_000}) {
      tail = new Tail();
      learn(seen, this::exponential);
      var copy = restored(tail);
      for (var i = 0; i < 3_000; i++) {
        var size = exponential() * (i % 100 == 0 ? 5 : 1);
        tail.ask(size);
        copy.ask(size);
        assertThat(copy.rarity()).isEqualTo(tail.rarity());
        tail.learn();
        copy.learn();
      }
      assertThat(bytes(copy)).isEqualTo(bytes(tail));
    }
  }

  @Test
  void saysWhetherTheLargestHaveChanged() {
    learn(1_000, random::nextDouble);
    assertThat(tail.largestChanged()).isTrue();
    bytes(tail);
    assertThat(tail.largestChanged()).isFalse();
    learn(0.5);
    assertThat(tail.largestChanged()).isFalse();
    learn(2);
    assertThat(tail.largestChanged()).isTrue();
  }

  private double exponential() {
    return -Math.log(1 - random.nextDouble());
  }

  private void learn(int times, DoubleSupplier sizes) {
    for (var i = 0; i < times; i++) {
      learn(sizes.getAsDouble());
    }
  }

  private void learn(double size) {
    tail.ask(size);
    tail.learn();
  }

  private double rarity(double size) {
    tail.ask(size);
    return tail.rarity();
  }

  private static byte[] bytes(Tail tail) {
    var out = new StateWriter();
    tail.encodeCounts(out);
    tail.encodeLargest(out);
    return out.toByteArray();
  }

  private static Tail restored(Tail tail) {
    var in = new StateReader(bytes(tail));
    var copy = new Tail();
    copy.decodeCounts(in);
    copy.decodeLargest(in);
    return copy;
  }
}
