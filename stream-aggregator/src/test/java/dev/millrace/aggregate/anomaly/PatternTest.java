package dev.millrace.aggregate.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternTest {
  private static final int LEAST = 24;
  private static final double BEYOND = 2;

  private final Random random = new Random(1);
  private Pattern pattern = new Pattern();

  @Test
  void isFlatOnceNothingHasChangedForLongEnough() {
    noise(500);
    value(7);
    flat(LEAST - 1);
    assertThat(pattern.isFlat(LEAST)).isFalse();
    flat(1);
    assertThat(pattern.isFlat(LEAST)).isTrue();
    value(8);
    assertThat(pattern.isFlat(LEAST)).isFalse();
  }

  @Test
  void aSeriesThatIsOftenFlatIsNoFlatline() {
    for (var i = 0; i < 20; i++) {
      value(i);
      flat(30);
    }
    assertThat(pattern.isFlat(LEAST)).isFalse();
    flat(300);
    assertThat(pattern.isFlat(LEAST)).as("what seldom changes, seldom changes").isFalse();
  }

  @Test
  void aSeriesThatNeverChangedIsNoFlatline() {
    value(5);
    flat(1_000);
    assertThat(pattern.isFlat(LEAST)).isFalse();
  }

  @Test
  void zeroIsForNoFlatlines() {
    noise(500);
    flat(100);
    assertThat(pattern.isFlat(LEAST)).isTrue();
    assertThat(pattern.isFlat(0)).isFalse();
  }

  @Test
  void aThousandthOfAUsualStepIsNone() {
    noise(500);
    var begin = pattern.last();
    for (var i = 1; i <= LEAST; i++) {
      value(begin + i * 1e-6);
    }
    assertThat(pattern.isFlat(LEAST)).isTrue();
  }

  @Test
  void countsEachTurnFromOneSideToTheOther() {
    sigmas(3, -3, 3, -3, 3);
    assertThat(pattern.alternations()).isEqualTo(4);
    sigmas(3, 3);
    assertThat(pattern.alternations()).as("the same side").isEqualTo(4);
    sigmas(0, 0, 1, -1.9, 0, -3);
    assertThat(pattern.alternations()).as("what is near is to no side").isEqualTo(5);
  }

  @Test
  void aPauseEndsTheSwinging() {
    sigmas(3, -3, 3, -3);
    sigmas(0, 0, 0, 0, 0, 0, 0);
    sigmas(3);
    assertThat(pattern.alternations()).as("in the eighth window").isEqualTo(4);
    sigmas(0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(pattern.alternations()).isZero();
    sigmas(-3);
    assertThat(pattern.alternations()).isZero();
  }

  @Test
  void countsTheWindowsSinceTheRunWasNear() {
    run(0.4);
    assertThat(pattern.away()).isZero();
    run(0.6);
    run(-0.6);
    run(5);
    assertThat(pattern.away()).isEqualTo(3);
    run(0.49);
    assertThat(pattern.away()).isZero();
  }

  @Test
  void bytesComeBackAndGoOn() {
    noise(100);
    sigmas(3, -3, 3);
    run(3);
    flat(5);
    var copy = restored();
    for (var i = 0; i < 500; i++) {
      var value = i % 50 < 30 ? 5 : random.nextGaussian();
      var sigma = 3 * random.nextGaussian();
      pattern.add(value, sigma, BEYOND, sigma);
      copy.add(value, sigma, BEYOND, sigma);
      assertThat(copy.isFlat(LEAST)).isEqualTo(pattern.isFlat(LEAST));
      assertThat(copy.alternations()).isEqualTo(pattern.alternations());
      assertThat(copy.away()).isEqualTo(pattern.away());
      assertThat(copy.last()).isEqualTo(pattern.last());
    }
    var goesOn = bytes(pattern);
    pattern = copy;
    assertThat(bytes(pattern)).isEqualTo(goesOn);
  }

  private Pattern restored() {
    return Pattern.decode(new StateReader(bytes(pattern)));
  }

  private static byte[] bytes(Pattern pattern) {
    var out = new StateWriter();
    pattern.encode(out);
    return out.toByteArray();
  }

  private void noise(int values) {
    for (var i = 0; i < values; i++) {
      value(random.nextGaussian());
    }
  }

  private void flat(int values) {
    for (var i = 0; i < values; i++) {
      value(pattern.last());
    }
  }

  private void value(double value) {
    pattern.add(value, 0, BEYOND, 0);
  }

  private void sigmas(double... sigmas) {
    for (var sigma : sigmas) {
      pattern.add(random.nextGaussian(), sigma, BEYOND, 0);
    }
  }

  private void run(double run) {
    pattern.add(random.nextGaussian(), 0, BEYOND, run);
  }
}
