package dev.millrace.aggregate.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidualWindowTest {
  private static final long SECOND = 1_000_000;
  private static final long NOON = 1_709_121_600 * SECOND;

  private final ResidualWindow window = new ResidualWindow();

  @Test
  void aStepIsTheMeanOfItsWindows() {
    assertThat(window.add(NOON, 10, 8, 2)).isEmpty();
    assertThat(window.add(NOON + 5 * SECOND, 13, 9, 1)).isEmpty();
    assertThat(window.add(NOON + 295 * SECOND, 7, 10, 3)).isEmpty();

    var step = window.add(NOON + 300 * SECOND, 100, 100, 1).orElseThrow();
    assertThat(step.begin()).isEqualTo(NOON);
    assertThat(step.samples()).isEqualTo(3);
    assertThat(step.value()).isEqualTo(10);
    assertThat(step.expected()).isEqualTo(9);
    assertThat(step.residual()).isEqualTo(1);
    assertThat(step.sigma()).isCloseTo((1.0 + 4 - 1) / 3, within(1e-12));
    assertThat(step.min()).isEqualTo(7);
    assertThat(step.max()).isEqualTo(13);
    assertThat(step.stddev()).isCloseTo(3, within(1e-12));
    assertThat(window.end()).hasValueSatisfying(next -> assertThat(next.value()).isEqualTo(100));
  }

  @Test
  void nothingIsLeftOfTheStepBefore() {
    window.add(NOON, -50, 8, 2);
    window.add(NOON + 600 * SECOND, 3, 2, 1);
    assertThat(window.end().orElseThrow())
        .isEqualTo(new ResidualStep(NOON + 600 * SECOND, 1, 3, 2, 1, 3, 3, Double.NaN));
    assertThat(window.end()).isEmpty();
    window.add(NOON + 900 * SECOND, 4, 2, 1);
    window.add(NOON + 905 * SECOND, 6, 2, 1);
    assertThat(window.end().orElseThrow().stddev()).isCloseTo(Math.sqrt(2), within(1e-12));
    window.add(NOON + 1_200 * SECOND, 4, 2, 1);
    window.add(NOON + 1_205 * SECOND, 6, 2, 1);
    assertThat(window.end().orElseThrow().stddev()).isCloseTo(Math.sqrt(2), within(1e-12));
  }

  @Test
  void afterASilenceTheSameMinutesGiveAnotherStep() {
    window.add(NOON, 1, 0, 1);
    assertThat(window.end()).isPresent();
    window.add(NOON + 60 * SECOND, 3, 0, 1);
    var second = window.add(NOON + 300 * SECOND, 0, 0, 1).orElseThrow();
    assertThat(second.begin()).isEqualTo(NOON);
    assertThat(second.value()).isEqualTo(3);
    assertThat(second.samples()).isEqualTo(1);
  }

  @Test
  void whatComesTooLateIsLeftOut() {
    window.add(NOON, 1, 0, 1);
    assertThat(window.add(NOON - 5 * SECOND, 9, 0, 1)).isEmpty();
    assertThat(window.end().orElseThrow().value()).isEqualTo(1);
    assertThat(window.add(NOON - 5 * SECOND, 9, 0, 1)).isEmpty();
    assertThat(copy(window).add(NOON - 5 * SECOND, 9, 0, 1)).isEmpty();
    assertThat(window.end()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e200, -1e200, Double.NaN, Double.POSITIVE_INFINITY})
  void whatHasNoSquareIsLeftOut(double value) {
    window.add(NOON, 1, 0, 1);
    window.add(NOON + 5 * SECOND, value, 0, 1);
    assertThat(window.end().orElseThrow().samples()).isEqualTo(1);
  }

  @Test
  void timesBeforeTheEpochHaveStepsToo() {
    window.add(-1, 1, 0, 1);
    assertThat(window.end().orElseThrow().begin()).isEqualTo(-300 * SECOND);
  }

  /** Stored and read back at any moment, it gives the same steps. */
  @Test
  void itGoesOnFromWhatWasStored() {
    assertThat(play(false)).isEqualTo(play(true)).hasSize(33);
  }

  @Test
  void itsStateIsSmall() {
    var out = new StateWriter();
    window.encode(out);
    assertThat(out.length()).isLessThanOrEqualTo(6);
    for (var i = 0; i < 60; i++) {
      window.add(NOON + i * 5 * SECOND, i, 0, 1);
    }
    out.reset();
    window.encode(out);
    assertThat(out.length()).isLessThanOrEqualTo(54);
  }

  private static List<ResidualStep> play(boolean stored) {
    var random = new Random(1);
    var steps = new ArrayList<ResidualStep>();
    var kept = new ResidualWindow();
    for (var i = 0; i < 2_000; i++) {
      kept.add(NOON + i * 5 * SECOND, random.nextGaussian(), 0.1, 2).ifPresent(steps::add);
      kept = stored ? copy(kept) : kept;
    }
    return steps;
  }

  private static ResidualWindow copy(ResidualWindow window) {
    var out = new StateWriter();
    window.encode(out);
    return ResidualWindow.decode(new StateReader(out.toByteArray()));
  }
}
