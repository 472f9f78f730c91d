package dev.millrace.aggregate.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectorTest {
  private static final long SECOND = 1_000_000;
  private static final long LENGTH = 5 * SECOND;
  private static final Norm NORM = new Norm(SeasonSlot.ALL, 100, 10, 1_000);
  private static final DetectorConfig CONFIG = config(0, 0, Direction.BOTH);

  private final List<IncidentStep> steps = new ArrayList<>();
  private Detector detector = new Detector(CONFIG);
  private Watch watch = new Watch();
  private History history = new History();
  private long now;

  @Test
  void oneWindowBeyondThreeSigmaIsNoIncident() {
    judge(100, 135, 100, 65, 100);
    assertThat(steps).isEmpty();
  }

  @Test
  void twoCriticalWindowsOpenAnIncidentThatBeganWithTheFirst() {
    judge(100, 135, 136);
    assertThat(trail()).containsExactly("opened r0 critical spike n=2 value=136.0");
    assertThat(steps.get(0).detectedMicros()).isEqualTo(LENGTH);
    assertThat(steps.get(0).updatedMicros()).isEqualTo(3 * LENGTH);
  }

  @Test
  void fourWarningsInARowOpenOne() {
    judge(75, 75, 75);
    assertThat(steps).isEmpty();
    judge(75);
    assertThat(trail()).containsExactly("opened r0 warning drop n=4 value=75.0");
  }

  @Test
  void deviationsToBothSidesAreNoRun() {
    judge(135, 65, 135, 65, 135, 65);
    assertThat(steps).isEmpty();
  }

  @Test
  void oneExtremeWindowOpensOneByItself() {
    judge(151);
    assertThat(trail()).containsExactly("opened r0 critical spike n=1 value=151.0");
  }

  @Test
  void isUpdatedWhenItWorsensAndClosedWithItsPeak() {
    judge(160, 161, 165, 190, 150, 100, 100);
    assertThat(trail())
        .containsExactly(
            "opened r0 critical spike n=1 value=160.0",
            "updated r1 critical spike n=4 value=190.0");
    judge(100, 100, 100, 100);
    assertThat(trail()).last().isEqualTo("closed r2 critical spike n=5 value=190.0");
    var closed = steps.get(2);
    assertThat(closed.resolvedMicros()).hasValue(5 * LENGTH);
    assertThat(closed.updatedMicros()).isEqualTo(11 * LENGTH);
    assertThat(closed.detectedMicros()).isZero();
    judge(100, 100, 100);
    assertThat(steps).hasSize(3);
  }

  @Test
  void aWarningThatBecomesCriticalIsAnUpdate() {
    judge(125, 125, 125, 125, 131);
    assertThat(trail())
        .containsExactly(
            "opened r0 warning spike n=4 value=125.0", "updated r1 critical spike n=5 value=131.0");
  }

  @Test
  void aShortGapDoesNotEndIt() {
    judge(160, 100, 100, 100, 100, 100, 160, 100);
    assertThat(trail()).containsExactly("opened r0 critical spike n=1 value=160.0");
    judge(100, 100, 100, 100, 100);
    assertThat(trail()).last().isEqualTo("closed r1 critical spike n=2 value=160.0");
  }

  @Test
  void aSilentSeriesClosesIt() {
    judge(160);
    detector.closeSilent(watch, steps::add);
    assertThat(trail()).last().isEqualTo("closed r1 critical spike n=1 value=160.0");
    assertThat(watch.hasOpenIncident()).isFalse();
    detector.closeSilent(watch, steps::add);
    assertThat(steps).hasSize(2);
  }

  @Test
  void aWindowIsJudgedOnce() {
    judge(160);
    now = 0;
    judge(300);
    assertThat(steps).hasSize(1);
  }

  @Test
  void smallDeviationsAreNormalHoweverManySigmas() {
    detector = with(60, 0, Direction.BOTH);
    judge(159, 159, 159);
    assertThat(steps).isEmpty();
    detector = with(0, 61, Direction.BOTH);
    judge(160, 160, 160);
    assertThat(steps).isEmpty();
    judge(162);
    assertThat(steps).hasSize(1);
  }

  @Test
  void onlyTheSideThatMattersIsJudged() {
    detector = with(0, 0, Direction.DOWN);
    judge(200, 200, 200);
    assertThat(steps).isEmpty();
    judge(20);
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).type()).isEqualTo(AnomalyType.drop);
  }

  @Test
  void severityIsStrictlyBeyondTheThreshold() {
    assertThat(detector.level(new Score(120, NORM, 0))).isEmpty();
    assertThat(detector.level(new Score(120.1, NORM, 0))).hasValue(Severity.warning);
    assertThat(detector.level(new Score(130.1, NORM, 0))).hasValue(Severity.critical);
  }

  @Test
  void whatIsNoNumberIsNoDeviation() {
    assertThat(detector.level(new Score(Double.NaN, NORM, 0))).isEmpty();
  }

  @Test
  void theScoreIsSimple() {
    var score = new Score(125, NORM, 0);
    assertThat(score.sigma()).isEqualTo(2.5);
    assertThat(score.percent()).isEqualTo(25);
    assertThat(score.bound(-2)).isEqualTo(80);
  }

  @Test
  void goesOnWhereItWasAfterARestart() {
    judge(135);
    restart();
    judge(135);
    assertThat(trail()).containsExactly("opened r0 critical spike n=2 value=135.0");
    restart();
    judge(100, 100, 100, 100, 100, 100, 100);
    restart();
    assertThat(trail()).last().isEqualTo("closed r1 critical spike n=2 value=135.0");
    assertThat(steps).hasSize(2);
  }

  private void restart() {
    var out = new StateWriter();
    watch.encode(out);
    watch = Watch.decode(new StateReader(out.toByteArray()));
    history = restarted(history);
  }

  private static History restarted(History history) {
    var often = new StateWriter();
    history.encode(often);
    var memory = new StateWriter();
    history.encodeMemory(memory);
    return History.decode(
        new StateReader(often.toByteArray()), new StateReader(memory.toByteArray()));
  }

  private static Detector with(double least, double leastPct, Direction direction) {
    return new Detector(config(least, leastPct, direction));
  }

  private static DetectorConfig config(double least, double leastPct, Direction direction) {
    return new DetectorConfig(
        new DetectorConfig.Sigmas(2, 2, 3, 5),
        new DetectorConfig.Size(least, leastPct, direction),
        new DetectorConfig.Opening(240, 0.65, 60, 2, 4),
        new DetectorConfig.Ending(3, 30 * SECOND, 3_600 * SECOND, 6 * 3_600 * SECOND),
        new DetectorConfig.Patterns(24, 20, 6, 900_000_000));
  }

  private void judge(double... values) {
    for (var value : values) {
      detector.judge(
          watch, history, now, now + LENGTH, value, Optional.of(NORM), Feedback.NONE, steps::add);
      now += LENGTH;
    }
  }

  private List<String> trail() {
    return steps.stream()
        .map(
            s ->
                "%s r%d %s %s n=%d value=%s"
                    .formatted(
                        s.status(),
                        s.revision(),
                        s.severity(),
                        s.type(),
                        s.anomalousWindows(),
                        s.score().value()))
        .toList();
  }
}
