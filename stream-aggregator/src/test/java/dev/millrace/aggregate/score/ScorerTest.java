package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.schema.Scoring;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Severity;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** By the weights of the catalogue: availability 3, errors 2, the other five 1. */
class ScorerTest {
  private static final Scoring SCORING = InsightRecords.HEALTH_SCORES.scoring().orElseThrow();
  private static final int AVAILABILITY = 0;
  private static final int PERFORMANCE = 1;
  private static final int ERRORS = 2;
  private static final int CAPACITY = 3;
  private static final int OPTICAL = 4;
  private static final int LATENCY = 5;
  private static final int THROUGHPUT = 6;
  private static final ScopeName DEVICE = new ScopeName(0, "10.0.0.1");
  private static final ScopeName PATH = new ScopeName(1, "10.0.0.1->10.0.0.2");
  private static final long NOON = 43_200_000_000L;

  private final Scorer scorer = new Scorer(SCORING);
  private final EntityState state = new EntityState(SCORING.results().trends());
  private HourParts parts = new HourParts();

  @Test
  void nothingIsKnownOfWhomNothingWasSaid() {
    var tally = scorer.score(DEVICE, state, Optional.empty(), NOON);
    assertThat(tally.overall()).isEmpty();
    for (var component = 0; component < 7; component++) {
      assertThat(tally.component(component)).isEmpty();
    }
    assertThat(tally.active()).isZero();
  }

  @Test
  void oneBadComponentAmongGoodOnesIsSeen() {
    allGood();
    part(ERRORS, 40);
    // All parts of errors: 100 and 40. 100 - cbrt(60^3 / 2) = 52.38; 100 - cbrt(2 * 47.62^3 / 10)
    assertThat(score().component(ERRORS).orElseThrow()).isCloseTo(52.38, within(0.005));
    assertThat(overall()).isCloseTo(72.15, within(0.005));
  }

  @Test
  void onlyWhatIsKnownIsWeighed() {
    part(AVAILABILITY, 80);
    part(LATENCY, 75);
    // 100 - cbrt((3 * 20^3 + 25^3) / 4)
    assertThat(overall()).isCloseTo(78.52, within(0.005));
  }

  @Test
  void overallIsAtMostTwiceTheAvailability() {
    allGood();
    part(AVAILABILITY, 0); // with the 100 that is there: 100 - cbrt(100^3 / 2) = 20.63
    assertThat(overall()).isCloseTo(2 * 20.63, within(0.01));
    parts = new HourParts();
    part(AVAILABILITY, 0);
    part(LATENCY, 100);
    assertThat(overall()).isZero();
  }

  @Test
  void whatIsDownRightNowHasNoHealth() {
    allGood();
    state.up().take(NOON - 2, false, 2);
    state.up().take(NOON - 1, false, 2);
    assertThat(score().component(AVAILABILITY)).hasValue(0);
    assertThat(overall()).isZero();
    assertThat(scorer.score(DEVICE, state, Optional.of(parts), NOON - 2).overall()).hasValue(100);
    var path = scorer.score(PATH, state, Optional.of(parts), NOON);
    assertThat(path.overall()).as("pings are of devices").hasValue(100);
  }

  /** 100 * (1 - 0.4 * (1 - exp(-(0.5 + 0.15 + 0.05)))) */
  @Test
  void openIncidentsTakeFromTheOverallScoreAndFromNothingElse() {
    allGood();
    step("a", Severity.critical);
    assertThat(overall()).isCloseTo(84.26, within(0.005));
    step("b", Severity.warning);
    step("c", Severity.info);
    assertThat(overall()).isCloseTo(79.86, within(0.005));
    assertThat(score().component(ERRORS)).hasValue(100);
    for (var i = 0; i < 100; i++) {
      step("i" + i, Severity.critical);
    }
    assertThat(overall()).as("four tenths at most").isCloseTo(60, within(0.005));
    assertThat(score().active()).isEqualTo(103);
    assertThat(score().active(Severity.critical)).isEqualTo(101);
  }

  @Test
  void aPathWeighsATenthOfADevice() {
    part(AVAILABILITY, 0);
    var both = scorer.score(PATH, state, Optional.of(parts), NOON);
    parts = new HourParts();
    part(AVAILABILITY, 100);
    both.add(scorer.score(DEVICE, state, Optional.of(parts), NOON));
    // 100 - cbrt(0.1 * 100^3 / 1.1)
    assertThat(both.overall().orElseThrow()).isCloseTo(55.04, within(0.005));
  }

  @Test
  void everyScoreStaysWithinBoundsAndOverallFallsWithAnyPart() {
    var random = new Random(3);
    for (var run = 0; run < 500; run++) {
      parts = new HourParts();
      var count = 1 + random.nextInt(20);
      var worse = new HourParts();
      var place = random.nextInt(count);
      for (var i = 0; i < count; i++) {
        var component = random.nextInt(7);
        var score = random.nextDouble() * 100;
        parts.put(new Fact.Part(i, component, score));
        worse.put(new Fact.Part(i, component, i == place ? score * random.nextDouble() : score));
      }
      var before = overall();
      parts = worse;
      assertThat(overall()).isBetween(0.0, before);
      for (var component = 0; component < 7; component++) {
        assertThat(score().component(component).orElse(0)).isBetween(0.0, 100.0);
      }
    }
  }

  private void allGood() {
    for (var component :
        new int[] {AVAILABILITY, PERFORMANCE, ERRORS, CAPACITY, OPTICAL, LATENCY, THROUGHPUT}) {
      part(component, 100);
    }
  }

  private int series;

  private void part(int component, double score) {
    parts.put(new Fact.Part(series++, component, score));
  }

  private void step(String id, Severity severity) {
    state.incidents().take(NOON - 1, new Fact.Step(id, 0, IncidentStatus.opened, severity));
  }

  private Tally score() {
    return scorer.score(DEVICE, state, Optional.of(parts), NOON);
  }

  private double overall() {
    return score().overall().orElseThrow();
  }
}
