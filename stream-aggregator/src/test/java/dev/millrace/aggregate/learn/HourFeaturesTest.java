package dev.millrace.aggregate.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HourFeaturesTest {
  private static final long MINUTE = 60_000_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOON = 1_709_121_600_000_000L;

  private HourFeatures hours = new HourFeatures();
  private final List<HourFeatures.Hour> over = new ArrayList<>();

  @Test
  void anHourIsTheMeanOfItsSamplesAndTheFarthestOfItsWindows() {
    add(0, "x", 30, 10, 8, 0.5, 7, 12);
    add(55, "x", 10, 20, 8, -3, 6, 11);
    add(90, "x", 1, 0, 0, 0, 0, 0);
    assertThat(over).hasSize(1);
    var hour = over.get(0);
    assertThat(hour.begin()).isEqualTo(NOON);
    assertThat(hour.end()).isEqualTo(NOON + HOUR);
    var sum = hour.metrics().get("x");
    assertThat(sum.samples()).isEqualTo(40);
    assertThat(sum.windows()).isEqualTo(2);
    assertThat(sum.value()).isCloseTo(12.5, within(1e-12));
    assertThat(sum.expected()).isCloseTo(8, within(1e-12));
    assertThat(sum.sigma()).isCloseTo(-0.375, within(1e-12));
    assertThat(sum.farthest()).isEqualTo(-3);
    assertThat(sum.min()).isEqualTo(6);
    assertThat(sum.max()).isEqualTo(12);
  }

  @Test
  void anHourWaitsHalfAnHourForStragglersAndNoLonger() {
    add(0, "x", 1);
    add(85, "x", 1);
    add(59, "x", 1);
    assertThat(over).isEmpty();
    add(90, "x", 1);
    assertThat(over).extracting(hour -> hour.metrics().get("x").samples()).containsExactly(2L);
    add(59, "x", 1);
    add(150, "x", 1);
    assertThat(over).extracting(hour -> hour.metrics().get("x").samples()).containsExactly(2L, 2L);
  }

  @Test
  void afterAGapBothHoursThatHadSomethingAreOver() {
    add(0, "x", 1);
    add(80, "x", 2);
    add(6_000, "x", 3);
    assertThat(over).extracting(HourFeatures.Hour::begin).containsExactly(NOON, NOON + HOUR);
    add(6_090, "x", 3);
    assertThat(over.get(2).begin()).isEqualTo(NOON + 100 * HOUR);
  }

  @Test
  void theFirstMetricsAreKeptAndOfOthersTheWindowsCounted() {
    for (var i = 0; i < HourFeatures.MAX_METRICS + 3; i++) {
      add(0, "m" + i, 1);
    }
    add(0, "m0", 1);
    add(5, "m" + HourFeatures.MAX_METRICS, 1);
    add(90, "x", 1);
    assertThat(over.get(0).metrics()).hasSize(HourFeatures.MAX_METRICS).containsKey("m0");
    assertThat(over.get(0).leftOut()).isEqualTo(4);
    add(150, "x", 1);
    assertThat(over.get(1).leftOut()).isZero();
  }

  @Test
  void itGoesOnFromWhatWasStored() {
    var without = play(false);
    assertThat(play(true)).usingRecursiveComparison().isEqualTo(without);
    assertThat(without).hasSize(9);
  }

  private List<HourFeatures.Hour> play(boolean stored) {
    hours = new HourFeatures();
    over.clear();
    for (var minute = 0; minute < 600; minute += 5) {
      add(minute, "x" + minute % 3, minute);
      if (stored) {
        var out = new StateWriter();
        hours.encode(out);
        hours = HourFeatures.decode(new StateReader(out.toByteArray()));
      }
    }
    return List.copyOf(over);
  }

  private void add(int minute, String metric, double value) {
    add(minute, metric, 1, value, 0, value, value, value);
  }

  private void add(
      int minute,
      String metric,
      int samples,
      double value,
      double expected,
      double sigma,
      double min,
      double max) {
    var begin = NOON + minute * MINUTE;
    over.addAll(hours.pass(begin));
    hours
        .metric(metric, begin)
        .ifPresent(sum -> sum.add(samples, value, expected, sigma, min, max));
  }
}
