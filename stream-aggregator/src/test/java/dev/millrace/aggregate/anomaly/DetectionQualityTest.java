package dev.millrace.aggregate.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.baseline.BaselineConfig;
import dev.millrace.aggregate.baseline.Baselines;
import dev.millrace.aggregate.baseline.HeapSlots;
import dev.millrace.schema.insight.IncidentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Baseline and detector together on generated days with labelled anomalies, of which there are two
 * or three a day: what a series did more often would be its habit.
 */
class DetectionQualityTest {
  private static final long SECOND = 1_000_000;
  private static final int DAY = 86_400;
  private static final int WARM_UP = 6 * 3_600;
  private static final int HOURS = 200;
  private static final BaselineConfig LEARNING =
      new BaselineConfig(16, 3, 14L * DAY * SECOND, 3, 1e-6, 0.01);
  private static final DetectorConfig JUDGING =
      new DetectorConfig(
          new DetectorConfig.Sigmas(1.5, 2, 3, 5),
          new DetectorConfig.Size(0, 1, Direction.BOTH),
          new DetectorConfig.Opening(240, 0.65, 60, 2, 4),
          new DetectorConfig.Ending(3, 30 * SECOND, 900 * SECOND, 6 * 3_600 * SECOND),
          new DetectorConfig.Patterns(24, 20, 6, 900_000_000));

  /** An anomaly that was put in, in seconds. */
  private record Injected(int begin, int end) {}

  /** Daily swing, noise of one sample, height of the injected anomaly. */
  @ParameterizedTest
  @CsvSource({
    "6, 0.5, 4",
    "6, 1, 6",
    "12, 0.5, 6",
    "3, 0.3, 2",
    "0, 1, 5",
  })
  void findsNineOfTenAndRaisesFewFalseAlarms(double swing, double noise, double height) {
    var found = 0;
    var all = 0;
    var falseAlarms = 0;
    var windows = 0;
    for (var series = 0; series < 5; series++) {
      var random = new Random(series);
      var injected = inject(random, HOURS * 3_600);
      var opened = run(random, injected, HOURS * 3_600, swing, noise, height);
      found +=
          (int) injected.stream().filter(i -> opened.stream().anyMatch(at -> hit(i, at))).count();
      all += injected.size();
      falseAlarms +=
          (int) opened.stream().filter(at -> injected.stream().noneMatch(i -> hit(i, at))).count();
      windows += HOURS * 720;
    }
    assertThat((double) found / all).as("found of " + all).isGreaterThanOrEqualTo(0.95);
    assertThat((double) falseAlarms / windows).as("false alarms").isLessThan(1e-4);
  }

  @Test
  void aConstantSeriesAlarmsOnlyWhenItChanges() {
    var random = new Random(1);
    assertThat(run(random, List.of(), DAY, 0, 0, 0)).isEmpty();
    assertThat(run(random, List.of(new Injected(DAY / 2, DAY / 2 + 20)), DAY, 0, 0, 5)).hasSize(1);
  }

  private static List<Injected> inject(Random random, int until) {
    var injected = new ArrayList<Injected>();
    for (var at = WARM_UP; at < until - 60; at += 6 * 3_600 + random.nextInt(6 * 3_600)) {
      injected.add(new Injected(at, at + 15 + random.nextInt(16)));
    }
    return injected;
  }

  private static boolean hit(Injected injected, int at) {
    return at >= injected.begin() - 5 && at <= injected.end();
  }

  /** Seconds at which incidents began. */
  private static List<Integer> run(
      Random random,
      List<Injected> injected,
      int until,
      double swing,
      double noise,
      double height) {
    var baselines = new Baselines(LEARNING);
    var detector = new Detector(JUDGING);
    var slots = new HeapSlots();
    var watch = new Watch();
    var history = new History();
    var opened = new ArrayList<Integer>();
    for (var begin = 0; begin < until; begin += 5) {
      var value = mean(random, injected, begin, swing, noise, height);
      var micros = begin * SECOND;
      detector.judge(
          watch,
          history,
          micros,
          micros + 5 * SECOND,
          value,
          baselines.expect(micros, slots),
          Feedback.NONE,
          step -> {
            if (step.status() == IncidentStatus.opened) {
              opened.add((int) (step.detectedMicros() / SECOND));
            }
          });
      baselines.learn(micros, value, slots, (season, slot) -> {});
    }
    return opened;
  }

  private static double mean(
      Random random,
      List<Injected> injected,
      int begin,
      double swing,
      double noise,
      double height) {
    var sum = 0.0;
    for (var t = begin; t < begin + 5; t++) {
      var second = t;
      var hit = injected.stream().filter(i -> second >= i.begin() && second < i.end()).findFirst();
      var side = hit.map(i -> i.begin() % 2 == 0 ? height : -height).orElse(0.0);
      sum += -20 + swing * Math.sin(2 * Math.PI * t / DAY) + noise * random.nextGaussian() + side;
    }
    return sum / 5;
  }
}
