package dev.millrace.aggregate.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.anomaly.Direction;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.baseline.BaselineConfig;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesDetectorTest {
  private static final long SECOND = 1_000_000;
  private static final long STEP = 300 * SECOND;
  private static final long HOUR = 3_600 * SECOND;
  private static final int WARM = 600;
  private static final BaselineConfig LEARNING =
      new BaselineConfig(16, 3, 14 * 24 * HOUR, 3, 1e-6, 0.01);
  private static final DetectorConfig JUDGING =
      new DetectorConfig(
          new DetectorConfig.Sigmas(1.5, 2, 3, 5),
          new DetectorConfig.Size(0, 1, Direction.BOTH),
          new DetectorConfig.Opening(240, 0.65, 60, 2, 4),
          new DetectorConfig.Ending(3, 30 * SECOND, HOUR, 6 * HOUR),
          new DetectorConfig.Patterns(24, 20, 6, 900_000_000));

  private final List<IncidentStep> steps = new ArrayList<>();
  private final SeriesDetector series = new SeriesDetector(LEARNING, JUDGING, steps::add);
  private final Random random = new Random(1);
  private long now;

  @Test
  void nothingIsExpectedAtFirst() {
    var first = next(100);
    assertThat(first.score()).isZero();
    assertThat(first.expectation()).isEmpty();
    assertThat(first.type()).isEmpty();
  }

  @Test
  void saysWhatIsExpectedAndHowFarItIs() {
    normal(WARM);
    var verdict = next(100 + 3);
    var expected = verdict.expectation().orElseThrow();
    assertThat(expected.mean()).isCloseTo(100, within(0.5));
    assertThat(expected.upper() - expected.mean()).isCloseTo(2, within(0.3));
    assertThat(expected.mean() - expected.lower())
        .isCloseTo(expected.upper() - expected.mean(), within(1e-9));
    assertThat(expected.sigma()).isCloseTo(3, within(0.5));
    assertThat(verdict.score()).isBetween(0.01, 1.0);
  }

  @Test
  void aSpikeIsAnIncidentWithItsType() {
    normal(WARM);
    var at = now;
    var verdict = next(130);
    assertThat(verdict.score()).isGreaterThan(0.65);
    assertThat(verdict.type()).hasValue(AnomalyType.spike);
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).detectedMicros()).isEqualTo(at);
    assertThat(steps.get(0).updatedMicros()).as("lasts till the next").isEqualTo(at + STEP);
    for (var i = 0; i < 3; i++) {
      next(100);
    }
    assertThat(steps.get(1).status()).isEqualTo(IncidentStatus.closed);
    assertThat(next(100).type()).isEmpty();
  }

  @Test
  void whatIsNotLaterOrNoNumberIsPassedOver() {
    normal(WARM);
    now -= STEP;
    assertThat(next(1_000)).isEqualTo(Verdict.NONE);
    now -= 5 * STEP;
    assertThat(next(1_000)).isEqualTo(Verdict.NONE);
    now += 5 * STEP;
    assertThat(next(Double.NaN)).isEqualTo(Verdict.NONE);
    now -= STEP;
    assertThat(next(Double.POSITIVE_INFINITY)).isEqualTo(Verdict.NONE);
    now -= STEP;
    assertThat(next(100).expectation().orElseThrow().mean()).isCloseTo(100, within(0.5));
    assertThat(steps).isEmpty();
  }

  @Test
  void theFirstAfterAGapIsMissing() {
    normal(WARM);
    var since = now;
    now += 12 * STEP;
    assertThat(next(100).type()).hasValue(AnomalyType.missing);
    assertThat(next(100).type()).isEmpty();
    assertThat(steps)
        .extracting(step -> step.type() + " " + step.status())
        .containsExactly("missing opened", "missing closed");
    assertThat(steps.get(0).detectedMicros()).isEqualTo(since);
    assertThat(steps.get(1).resolvedMicros()).hasValue(since + 12 * STEP);
  }

  @Test
  void aGapClosesWhatIsOpen() {
    normal(WARM);
    next(130);
    now += 12 * STEP;
    next(100);
    assertThat(steps)
        .extracting(step -> step.type() + " " + step.status())
        .containsExactly("spike opened", "spike closed", "missing opened", "missing closed");
  }

  @Test
  void aLastingLevelBecomesNormal() {
    normal(3 * WARM);
    var types = new ArrayList<AnomalyType>();
    for (var i = 0; i < 80; i++) {
      next(110 + random.nextGaussian()).type().ifPresent(types::add);
    }
    assertThat(types).startsWith(AnomalyType.spike).endsWith(AnomalyType.level_change);
    var verdict = next(110);
    assertThat(verdict.expectation().orElseThrow().mean()).isCloseTo(110, within(1.0));
    assertThat(verdict.type()).isEmpty();
  }

  private void normal(int values) {
    for (var i = 0; i < values; i++) {
      next(100 + random.nextGaussian());
    }
  }

  private Verdict next(double value) {
    var verdict = series.judge(now, value);
    now += STEP;
    return verdict;
  }
}
