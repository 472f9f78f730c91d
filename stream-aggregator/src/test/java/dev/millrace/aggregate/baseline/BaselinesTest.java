package dev.millrace.aggregate.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 24 * HOUR;

  /** 2023-11-13 00:00 UTC, a Monday. */
  private static final long MONDAY = 1_699_833_600L * SECOND;

  private static final BaselineConfig CONFIG = new BaselineConfig(20, 3, 14 * DAY, 3, 1e-9, 0.01);

  private final Baselines baselines = new Baselines(CONFIG);
  private final HeapSlots slots = new HeapSlots();
  private final List<String> published = new ArrayList<>();
  private final Random random = new Random(1);

  @Test
  void nothingIsExpectedBeforeEnoughWasSeen() {
    learnMinutes(MONDAY, 19, 10);
    assertThat(baselines.expect(MONDAY, slots)).isEmpty();
    learnMinutes(MONDAY + 19 * 60 * SECOND, 1, 10);
    var norm = baselines.expect(MONDAY, slots).orElseThrow();
    assertThat(norm.slot()).isEqualTo(new SeasonSlot(0, SeasonSlot.ANY));
    assertThat(norm.mean()).isCloseTo(10, within(1.0));
    assertThat(norm.samples()).isEqualTo(20);
  }

  @Test
  void theHourOfTheWeekIsPreferredOnceItWasSeenInEnoughWeeks() {
    for (var week = 0; week < 3; week++) {
      learnMinutes(MONDAY + week * 7 * DAY + 5 * HOUR, 60, 50);
      learnMinutes(MONDAY + (week * 7 + 1) * DAY + 5 * HOUR, 60, 10);
    }
    var monday = baselines.expect(MONDAY + 21 * DAY + 5 * HOUR, slots).orElseThrow();
    assertThat(monday.slot()).isEqualTo(new SeasonSlot(5, 1));
    assertThat(monday.mean()).isCloseTo(50, within(0.5));
    var wednesday = baselines.expect(MONDAY + 23 * DAY + 5 * HOUR, slots).orElseThrow();
    assertThat(wednesday.slot()).isEqualTo(new SeasonSlot(5, SeasonSlot.ANY));
    assertThat(wednesday.mean()).isBetween(10.0, 50.0);
  }

  @Test
  void anHourNeverSeenIsJudgedByTheHourBeforeAndBeginsWithIt() {
    learnMinutes(MONDAY, 60, 10);
    var next = baselines.expect(MONDAY + HOUR, slots).orElseThrow();
    assertThat(next.slot()).isEqualTo(new SeasonSlot(0, SeasonSlot.ANY));
    learnMinutes(MONDAY + HOUR, 1, 10);
    var begun = baselines.expect(MONDAY + HOUR, slots).orElseThrow();
    assertThat(begun.slot()).isEqualTo(new SeasonSlot(1, SeasonSlot.ANY));
    assertThat(begun.mean()).isCloseTo(10, within(0.5));
  }

  @Test
  void anHourNeverSeenAfterAGapIsJudgedByAllTimes() {
    learnMinutes(MONDAY, 60, 10);
    var norm = baselines.expect(MONDAY + 5 * HOUR, slots).orElseThrow();
    assertThat(norm.slot()).isEqualTo(SeasonSlot.ALL);
  }

  @Test
  void whatIsTooLargeToSquareIsNotLearned() {
    for (var absurd : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, 1e200, Double.NaN}) {
      baselines.learn(MONDAY, absurd, slots, (season, slot) -> {});
    }
    learnMinutes(MONDAY, 60, 10);
    var norm = baselines.expect(MONDAY, slots).orElseThrow();
    assertThat(norm.mean()).isCloseTo(10, within(1.0));
    assertThat(norm.stddev()).isLessThan(2);
  }

  @Test
  void anomaliesDoNotPoisonIt() {
    learnMinutes(MONDAY, 600, 10);
    var clean = baselines.expect(MONDAY + 10 * HOUR - 1, slots).orElseThrow();
    learnMinutes(MONDAY + 9 * HOUR, 5, 1_000);
    var after = baselines.expect(MONDAY + 10 * HOUR - 1, slots).orElseThrow();
    assertThat(after.mean()).isCloseTo(clean.mean(), within(0.05));
    assertThat(after.stddev()).isCloseTo(clean.stddev(), within(0.1 * clean.stddev()));
  }

  @Test
  void aLastingChangeBecomesNormalInDays() {
    learnMinutes(MONDAY, 60, 10);
    for (var day = 1; day < 7; day++) {
      learnMinutes(MONDAY + day * DAY, 60, 20);
    }
    var norm = baselines.expect(MONDAY + 7 * DAY, slots).orElseThrow();
    assertThat(Math.abs(20 - norm.mean()) / norm.stddev()).isLessThan(2);
  }

  @Test
  void aConstantSeriesHasAFloorUnderItsStandardDeviation() {
    for (var i = 0; i < 30; i++) {
      baselines.learn(MONDAY + i * SECOND, 100, slots, this::note);
    }
    assertThat(baselines.expect(MONDAY, slots).orElseThrow().stddev()).isEqualTo(1.0);
  }

  @Test
  void recentValuesWeighMore() {
    learnMinutes(MONDAY, 60, 10);
    learnMinutes(MONDAY + 14 * DAY, 60, 10.1);
    var slot = slots.find(0).orElseThrow().find(new SeasonSlot(0, 1)).orElseThrow();
    assertThat(slot.samples()).isEqualTo(120);
    assertThat(slot.confidence(CONFIG)).isCloseTo(100 * 90 / 110.0, within(0.5));
  }

  @Test
  void percentilesFollowTheValuesWithinATenthOfAStandardDeviation() {
    learnMinutes(MONDAY, 60, 10);
    for (var day = 1; day < 60; day++) {
      learnMinutes(MONDAY + day * DAY, 60, 10);
    }
    var slot = slots.find(0).orElseThrow().find(new SeasonSlot(0, SeasonSlot.ANY)).orElseThrow();
    var percentiles = slot.percentiles(CONFIG);
    assertThat(percentiles[0]).isCloseTo(10 - 0.5 * 1.645, within(0.1));
    assertThat(percentiles[1]).isCloseTo(10, within(0.05));
    assertThat(percentiles[2]).isCloseTo(10 + 0.5 * 1.645, within(0.1));
    assertThat(percentiles[3]).isCloseTo(10 + 0.5 * 2.326, within(0.15));
  }

  @Test
  void isPublishedWhenFirstUsableAndWhenAnHourEnds() {
    learnMinutes(MONDAY, 60, 10);
    assertThat(published).containsExactly("h0 20", "h0d1 20", "all 20");
    published.clear();
    learnMinutes(MONDAY + HOUR, 30, 10);
    assertThat(published).containsExactly("h0 60", "h0d1 60", "all 60", "h1d1 20");
  }

  @Test
  void bytesComeBackAsTheSameStateAndAreBounded() {
    for (var hour = 0; hour < 7 * 24; hour++) {
      learnMinutes(MONDAY + hour * HOUR, 60, 10 + hour);
    }
    assertThat(slots.bytes()).isLessThan(18_000);
    for (var group = 0; group <= SlotGroup.ALL; group++) {
      var bytes = HeapSlots.encoded(slots.find(group).orElseThrow());
      assertThat(HeapSlots.encoded(HeapSlots.decoded(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void seasonsAreTakenInUtcFromSundayOn() {
    assertThat(SeasonSlot.hourOfWeek(0)).isEqualTo(new SeasonSlot(0, 4));
    assertThat(SeasonSlot.hourOfWeek(-1)).isEqualTo(new SeasonSlot(23, 3));
    assertThat(SeasonSlot.hourOfWeek(MONDAY - 1)).isEqualTo(new SeasonSlot(23, 0));
    var leapDay = 1_709_164_800L * SECOND;
    assertThat(SeasonSlot.hourOfWeek(leapDay)).isEqualTo(new SeasonSlot(0, 4));
  }

  private void learnMinutes(long from, int windows, double level) {
    for (var i = 0; i < windows; i++) {
      var value = level + 0.5 * random.nextGaussian();
      baselines.learn(from + i * 60 * SECOND, value, slots, this::note);
    }
  }

  private void note(SeasonSlot season, Slot slot) {
    published.add(season + " " + slot.samples());
  }
}
