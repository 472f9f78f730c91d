package dev.millrace.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.insight.AnomalyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A short run of {@code bench detect}: what it found when it was written, less a margin. The seed
 * is fixed, so this changes only with the detector.
 */
class DetectSuiteTest {
  private static final List<Double> NOISES = List.of(0.05, 0.1);
  private static final List<Shape> SHAPES = List.of(Shape.FLAT, Shape.DAY);

  /** Least recall in percent: spike, drop, trend, flatline, oscillation, missing, level change. */
  @ParameterizedTest
  @CsvSource({
    "SECONDS,            2, 75, 75, 90, 100, 90, 100, 90",
    "MINUTES,           12, 15, 20, 75, 100, 75, 100, 60",
    "MINUTES_SENSITIVE, 12, 90, 90, 95, 100, 95, 100, 95"
  })
  void findsWhatItFound(
      Setting setting,
      int rounds,
      int spike,
      int drop,
      int trend,
      int flatline,
      int oscillation,
      int missing,
      int levelChange) {
    var least = List.of(spike, drop, trend, flatline, oscillation, missing, levelChange);
    var outcomes = labelled(setting, rounds);
    var types = AnomalyType.values();
    for (var i = 0; i < types.length; i++) {
      var row = TypeRow.of(setting, types[i], outcomes);
      assertThat(100 * row.all().recall()).as(row.toString()).isGreaterThanOrEqualTo(least.get(i));
      assertThat(row.all().injected()).isEqualTo(rounds * NOISES.size() * SHAPES.size());
    }
  }

  private static List<Outcome> labelled(Setting setting, int rounds) {
    var suite = new DetectSuite(rounds, 1, 1);
    var outcomes = new ArrayList<Outcome>();
    for (var shape : SHAPES) {
      for (var noise : NOISES) {
        outcomes.addAll(suite.labelled(setting, shape, noise));
      }
    }
    return outcomes;
  }

  @Test
  void hardlyAlarmsWhereNothingIsWrong() {
    var suite = new DetectSuite(1, 1, 1);
    for (var shape : List.of(Shape.DAY, Shape.WEEK)) {
      var seconds =
          ShapeRow.of(Setting.SECONDS, shape, 0.1, suite.clean(Setting.SECONDS, shape, 0.1));
      assertThat(seconds.falseRate()).as(seconds.toString()).isLessThan(DetectReport.LIMIT);
      for (var noise : DetectSuite.NOISES) {
        var minutes =
            ShapeRow.of(Setting.MINUTES, shape, noise, suite.clean(Setting.MINUTES, shape, noise));
        assertThat(minutes.falseRate()).as(minutes.toString()).isLessThan(DetectReport.LIMIT);
        assertThat(minutes.judged()).isEqualTo(182 * 288);
      }
    }
  }

  @Test
  void aSeriesTakesLessThanFourKilobytes() {
    var footprint = Footprint.measure(1);
    assertThat(footprint.heap()).as(footprint.toString()).isBetween(500.0, 4_096.0);
    assertThat(footprint.encoded()).as(footprint.toString()).isBetween(500.0, 4_096.0);
  }

  @Test
  void anIncidentIsOfTheAnomalyThatItOpensInOrALittleBehind() {
    var plan = new Plan(Setting.MINUTES, Shape.DAY, 0.1, List.of(label(100, 105), label(200, 205)));
    assertThat(plan.labelOf(99)).isEmpty();
    assertThat(plan.labelOf(100)).hasValue(plan.labels().get(0));
    assertThat(plan.labelOf(116)).hasValue(plan.labels().get(0));
    assertThat(plan.labelOf(117)).isEmpty();
    assertThat(plan.labelOf(200)).hasValue(plan.labels().get(1));
  }

  @Test
  void everyTypeIsWhatItsNameSays() {
    assertThat(values(AnomalyType.spike)).containsExactly(100, 107, 107, 107, 107, 100, 100);
    assertThat(values(AnomalyType.trend)).containsExactly(100, 100, 102, 104, 106, 100, 100);
    assertThat(values(AnomalyType.oscillation)).containsExactly(100, 107, 93, 107, 93, 100, 100);
    assertThat(values(AnomalyType.level_change)).containsExactly(100, 107, 107, 107, 107, 107, 107);
    assertThat(values(AnomalyType.missing)).containsExactly(100, 100, 100);
  }

  @Test
  void aFlatlineIsTheValueBefore() {
    var plan =
        new Plan(
            Setting.MINUTES, Shape.DAY, 0.1, List.of(new Label(AnomalyType.flatline, 5, 8, 0)));
    var values = new ArrayList<Double>();
    new GeneratedSeries(plan, new Random(1)).replay(9, (window, at, value) -> values.add(value));
    assertThat(values.subList(5, 8)).containsOnly(values.get(4));
    assertThat(values.get(8)).isNotEqualTo(values.get(4));
  }

  /** Of seven windows, the second to the fifth of which are anomalous. */
  private static List<Integer> values(AnomalyType type) {
    var labels = List.of(new Label(type, 1, 5, 7));
    var values = new ArrayList<Integer>();
    new GeneratedSeries(new Plan(Setting.MINUTES, Shape.CONSTANT, 0, labels), new Random(1))
        .replay(7, (window, micros, value) -> values.add((int) value));
    return values;
  }

  private static Label label(int begin, int end) {
    return new Label(AnomalyType.spike, begin, end, 1);
  }
}
