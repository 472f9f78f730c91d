package dev.millrace.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowStateTest {
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);

  @ParameterizedTest
  @ValueSource(strings = {"constant", "negative", "around zero", "heavy tail", "uniform"})
  void agreesWithARecomputation(String shape) {
    var values = Samples.shaped(shape, 300, 9).toArray();
    var state = Samples.stateOf(values);
    var expected = Arrays.stream(values).summaryStatistics();
    assertThat(state.count()).isEqualTo(300);
    assertThat(state.min()).isEqualTo(expected.getMin());
    assertThat(state.max()).isEqualTo(expected.getMax());
    assertThat(state.sum()).isCloseTo(expected.getSum(), within(1e-9 * spread(values)));
    assertThat(state.mean()).isCloseTo(expected.getAverage(), within(1e-9 * spread(values)));
    assertThat(state.last()).isEqualTo(values[299]);
    var squares = Arrays.stream(values).map(v -> Math.pow(v - expected.getAverage(), 2)).sum();
    assertThat(state.stddev()).isCloseTo(Math.sqrt(squares / 299), within(1e-9 * spread(values)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "negative", "heavy tail", "uniform"})
  void mergingIsAssociativeAndCommutative(String shape) {
    var a = Samples.stateOf(Samples.shaped(shape, 30, 1).toArray());
    var b = Samples.stateOf(Samples.shaped(shape, 100, 2).toArray());
    var c = Samples.stateOf(Samples.shaped(shape, 7, 3).toArray());
    assertSame(merged(merged(a, b), c), merged(a, merged(b, c)));
    assertSame(merged(a, b), merged(b, a));
  }

  @Test
  void theEmptyStateIsNeutral() {
    var state = Samples.stateOf(3, 1, 2);
    assertThat(Samples.encoded(merged(state, new WindowState()))).isEqualTo(Samples.encoded(state));
    assertThat(Samples.encoded(merged(new WindowState(), state))).isEqualTo(Samples.encoded(state));
    assertThat(new WindowState().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 64, 65, 1_000})
  void encodeThenDecodeIsTheIdentity(int size) {
    var state = Samples.stateOf(Samples.shaped("around zero", size, 4).toArray());
    var back = Samples.decoded(Samples.encoded(state));
    assertThat(Samples.encoded(back)).isEqualTo(Samples.encoded(state));
    assertThat(back.mean()).isEqualTo(state.mean());
    assertThat(back.lastMicros()).isEqualTo(state.lastMicros());
  }

  @Test
  void aCopyLivesItsOwnLife() {
    var state = Samples.stateOf(1, 2, 3);
    var before = Samples.encoded(state);
    var copy = state.copy();
    assertThat(Samples.encoded(copy)).isEqualTo(before);
    copy.add(9, 9, 9);
    assertThat(Samples.encoded(state)).isEqualTo(before);
  }

  @Test
  void theLastValueIsTheOneWithTheLatestEventTime() {
    var state = new WindowState();
    state.add(20, 1, 2.0);
    state.add(10, 2, 1.0);
    assertThat(state.last()).isEqualTo(2.0);
    assertThat(state.firstMicros()).isEqualTo(10);
    assertThat(state.lastMicros()).isEqualTo(20);
  }

  @Test
  void ofTwoValuesWithOneEventTimeTheLaterOffsetIsTheLast() {
    var early = new WindowState();
    early.add(10, 5, 5.0);
    var late = new WindowState();
    late.add(10, 6, 6.0);
    assertThat(merged(early, late).last()).isEqualTo(6.0);
    assertThat(merged(late, early).last()).isEqualTo(6.0);
  }

  @Test
  void oneValueHasNoStandardDeviation() {
    assertThat(Samples.stateOf(4).stddev()).isNaN();
    assertThat(Samples.stateOf(4, 4).stddev()).isZero();
  }

  private static double spread(double[] values) {
    return Math.max(1, Arrays.stream(values).map(Math::abs).sum());
  }

  private static WindowState merged(WindowState a, WindowState b) {
    var merged = a.copy();
    merged.merge(b);
    return merged;
  }

  private static void assertSame(WindowState a, WindowState b) {
    assertThat(a.count()).isEqualTo(b.count());
    assertThat(a.min()).isEqualTo(b.min());
    assertThat(a.max()).isEqualTo(b.max());
    assertThat(a.last()).isEqualTo(b.last());
    assertThat(a.sum()).isCloseTo(b.sum(), ROUNDING);
    assertThat(a.mean()).isCloseTo(b.mean(), ROUNDING);
    assertThat(a.stddev()).isCloseTo(b.stddev(), within(1e-9 * Math.abs(b.max())));
    assertThat(a.quantiles(0.5, 0.95, 0.99)).containsExactly(b.quantiles(0.5, 0.95, 0.99));
  }
}
