package dev.millrace.aggregate.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationGroupTest {
  private static final long MINUTE = 60_000_000;
  private static final long STEP = 5 * MINUTE;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final int DAY_STEPS = 288;
  private static final long START = 1_709_251_200_000_000L; // 2024-03-01
  private static final List<SeriesName> NAMES =
      IntStream.range(0, 200).mapToObj(i -> name("m%03d".formatted(i))).toList();
  private static final GroupRules RULES = new GroupRules(64, false);

  private final List<Finding> found = new ArrayList<>();
  private final List<Long> ended = new ArrayList<>();
  private final GroupListener listener =
      new GroupListener() {
        @Override
        public void found(Finding finding) {
          found.add(finding);
        }

        @Override
        public void ended(long begin, Map<SeriesName, double[]> steps) {
          ended.add(begin);
        }
      };

  private CorrelationGroup group = new CorrelationGroup(RULES);
  private int step;

  /**
   * The chance is below 1e-4 a look, so 1 % a month with 120 looks; in 40 months that were tried,
   * none was found.
   */
  @Test
  void ofTwoHundredIndependentSeriesNoneAreFoundInAMonth() {
    group = new CorrelationGroup(new GroupRules(200, false));
    var noise = new Noise(0.8, 200, 1);
    for (var t = 0; t < 30 * DAY_STEPS; t++) {
      addAll(noise.next());
    }
    assertThat(found).isEmpty();
  }

  /**
   * Alarms that last five minutes, half an hour, two or eight hours, some of which meet by chance.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 6, 24, 100})
  void burstsThatMeetByChanceAreNoCorrelation(int length) {
    var random = new Random(2);
    var left = new int[64];
    for (var t = 0; t < 30 * DAY_STEPS; t++) {
      var values = new double[left.length];
      for (var i = 0; i < left.length; i++) {
        left[i] = random.nextInt(8_640) < 3 ? length : left[i] - 1;
        values[i] = (left[i] > 0 ? 10 : 0) + random.nextGaussian();
      }
      addAll(values);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aPairOfWhichOneFollowsIsFoundWithinFourDays() {
    follow(4 * DAY_STEPS, 2, 0.6);
    assertThat(found).isNotEmpty();
    var finding = found.get(0);
    assertThat(finding.a()).as("the one that comes first").isEqualTo(name("z"));
    assertThat(finding.b()).isEqualTo(name("b"));
    assertThat(finding.lagSeconds()).isEqualTo(600);
    assertThat(finding.stepSeconds()).isEqualTo(300);
    assertThat(finding.correlation()).isCloseTo(0.6, within(0.15));
    assertThat(finding.relationship()).isEqualTo(Relationship.CAUSAL);
    assertThat(finding.active()).isTrue();
    assertThat(finding.discovered()).isLessThanOrEqualTo(START + 96 * HOUR);
    assertThat(finding.validated()).isEqualTo(finding.discovered());
    assertThat(finding.samples()).isBetween(576.0, 1_000.0);
    assertThat(finding.confidence()).isBetween(30.0, 90.0);
  }

  @Test
  void aPairThatMovesAtOnceIsNamedInTheOrderOfNames() {
    follow(4 * DAY_STEPS, 0, -0.6);
    assertThat(found).isNotEmpty();
    var finding = found.get(0);
    assertThat(finding.a()).isEqualTo(name("b"));
    assertThat(finding.b()).isEqualTo(name("z"));
    assertThat(finding.lagSeconds()).isZero();
    assertThat(finding.correlation()).isCloseTo(-0.6, within(0.15));
    assertThat(finding.relationship()).isEqualTo(Relationship.SYMPTOMATIC);
  }

  /** What both have in common changes over hours; of the noise of minutes it is a twentieth. */
  @Test
  void whatDrownsInTheNoiseOfMinutesIsFoundByTheHour() {
    var slow = new Noise(0.9, 1, 3);
    var fast = new Noise(0, 2, 4);
    var common = 0.0;
    for (var t = 0; t < 14 * DAY_STEPS; t++) {
      common = t % 12 == 0 ? slow.next()[0] : common;
      var noise = fast.next();
      add(name("a"), common + 2 * noise[0]);
      add(name("b"), common + 2 * noise[1]);
      step++;
    }
    assertThat(found).isNotEmpty();
    assertThat(found.get(0).stepSeconds()).isEqualTo(3_600);
    assertThat(found.get(0).correlation()).isGreaterThan(0.5);
  }

  @Test
  void aFindingIsPublishedOnceADayWhileItHolds() {
    follow(9 * DAY_STEPS, 2, 0.6);
    assertThat(found).allMatch(Finding::active).hasSizeBetween(6, 7);
    assertThat(found).extracting(Finding::discovered).containsOnly(found.get(0).discovered());
    for (var i = 1; i < found.size(); i++) {
      assertThat(found.get(i).validated()).isEqualTo(found.get(i - 1).validated() + DAY);
    }
  }

  @Test
  void aFindingThatHoldsNoLongerIsGivenUpOnce() {
    follow(10 * DAY_STEPS, 2, 0.6);
    found.clear();
    follow(40 * DAY_STEPS, 2, 0);
    assertThat(found).filteredOn(each -> !each.active()).hasSize(1);
    var last = found.get(found.size() - 1);
    assertThat(last.active()).isFalse();
    assertThat(last.relationship()).isEqualTo(Relationship.COINCIDENTAL);
    assertThat(Math.abs(last.correlation())).isLessThan(0.2);
    assertThat(last.validated()).isEqualTo(found.get(found.size() - 2).validated());
  }

  /** Found above 0.3, it is kept at 0.25. */
  @Test
  void aFindingThatWeakensIsKept() {
    follow(14 * DAY_STEPS, 2, 0.5);
    follow(60 * DAY_STEPS, 2, 0.26);
    assertThat(found).isNotEmpty().allMatch(Finding::active);
  }

  @Test
  void whereTheOneThatFollowedComesFirstThePairIsAnother() {
    follow(5 * DAY_STEPS, 2, 0.7);
    found.clear();
    var noise = new Noise(0.8, 2, 5);
    var before = new double[2];
    for (var t = 0; t < 30 * DAY_STEPS; t++) {
      var next = noise.next();
      add(name("b"), next[0]);
      add(name("z"), 0.9 * before[1] + 0.44 * next[1]);
      before[1] = before[0];
      before[0] = next[0];
      step++;
    }
    var turned = found.stream().filter(each -> each.a().equals(name("b"))).toList();
    assertThat(turned).isNotEmpty().allMatch(Finding::active);
    var given = found.stream().filter(each -> !each.active()).toList();
    assertThat(given).hasSize(1);
    assertThat(given.get(0).a()).isEqualTo(name("z"));
    assertThat(found.indexOf(given.get(0))).isLessThan(found.indexOf(turned.get(0)));
  }

  /** Both are far beyond everything for an hour, once. */
  @Test
  void oneIncidentThatTwoSeriesShareIsNoCorrelation() {
    var noise = new Noise(0.5, 2, 6);
    for (var t = 0; t < 10 * DAY_STEPS; t++) {
      var values = noise.next();
      var raised = t >= 1_000 && t < 1_012 ? 1_000 : 0;
      addAll(new double[] {values[0] + raised, values[1] + raised});
    }
    assertThat(found).isEmpty();
  }

  @Test
  void anHourIsTakenHalfAnHourAfterItsEndAndTakesNothingLater() {
    add(name("a"), 1);
    at(65, "a", 1);
    at(85, "a", 1);
    at(10, "a", 1);
    assertThat(ended).isEmpty();
    at(90, "a", 1);
    assertThat(ended).containsExactly(START);
    at(15, "a", 1);
    at(130, "a", 1);
    at(150, "a", 1);
    assertThat(ended).containsExactly(START, START + HOUR);
  }

  @Test
  void hoursWithoutAnythingAreNoneButTime() {
    add(name("a"), 1);
    at(400 * 60, "a", 1);
    at(402 * 60, "a", 1);
    assertThat(ended).containsExactly(START, START + 400 * HOUR);
  }

  @Test
  void theFirstSeriesThatMoveHaveTheSlots() {
    group = new CorrelationGroup(new GroupRules(2, false));
    for (var t = 0; t < 3 * DAY_STEPS; t++) {
      add(name("flat"), 0);
      step++;
    }
    follow(5 * DAY_STEPS, 0, 0.9);
    assertThat(found).isNotEmpty();
    var before = found.size();
    for (var t = 0; t < 3 * DAY_STEPS; t++) {
      var value = new Random(t).nextGaussian();
      add(name("c"), value);
      add(name("z"), value);
      step++;
    }
    assertThat(found.subList(before, found.size()))
        .noneMatch(each -> each.a().equals(name("c")) || each.b().equals(name("c")));
  }

  @Test
  void aSeriesThatIsSilentForThreeDaysGivesItsSlotBack() {
    group = new CorrelationGroup(new GroupRules(2, false));
    follow(4 * DAY_STEPS, 0, 0.9);
    found.clear();
    for (var t = 0; t < 8 * DAY_STEPS; t++) {
      var value = new Random(t).nextGaussian();
      add(name("c"), value);
      add(name("z"), value);
      step++;
    }
    assertThat(found)
        .filteredOn(each -> each.a().equals(name("b")))
        .extracting(Finding::active)
        .as("validated once more within the day it is still heard of, then given up")
        .containsExactly(true, false);
    assertThat(found.get(found.size() - 1).a()).isEqualTo(name("c"));
    assertThat(found.get(found.size() - 1).active()).isTrue();
  }

  /** It holds as far as is known, but nothing has been seen of it. */
  @Test
  void whatHasNotBeenHeardOfForADayIsNotValidated() {
    follow(4 * DAY_STEPS, 0, 0.9);
    found.clear();
    var noise = new Noise(0, 1, 7);
    for (var t = 0; t < 70 * 12; t++) {
      add(name("c"), noise.next()[0]);
      step++;
    }
    assertThat(found).hasSizeLessThanOrEqualTo(1).allMatch(Finding::active);
  }

  @Test
  void aGroupThatIsForgottenGivesUpWhatItFound() {
    follow(4 * DAY_STEPS, 0, 0.9);
    found.clear();
    group.end(listener);
    assertThat(found).hasSize(1).noneMatch(Finding::active);
    group.end(listener);
    assertThat(found).hasSize(1);
  }

  @Test
  void withinAMemberNothingIsComparedWhereMembersAre() {
    group = new CorrelationGroup(new GroupRules(64, true));
    var noise = new Noise(0, 1, 8);
    for (var t = 0; t < 5 * DAY_STEPS; t++) {
      var value = noise.next()[0];
      add(new SeriesName("x", "device", "1", ""), value);
      add(new SeriesName("y", "device", "1", ""), value);
      add(new SeriesName("x", "device", "2", ""), value);
      step++;
    }
    assertThat(found).isNotEmpty().allMatch(each -> !each.a().member().equals(each.b().member()));
  }

  @Test
  void atMostSoManyAreKeptTheStrongestFirst() {
    var noise = new Noise(0, 65, 9);
    for (var t = 0; t < 5 * DAY_STEPS; t++) {
      var values = noise.next();
      var all = new double[64];
      for (var i = 0; i < all.length; i++) {
        all[i] = values[64] + (i < 4 ? 0.1 : 0.5) * values[i];
      }
      addAll(all);
    }
    assertThat(found.stream().map(each -> List.of(each.a(), each.b())).distinct())
        .hasSize(Discoveries.MAX);
    assertThat(found.subList(0, 6))
        .allMatch(each -> each.a().metric().compareTo("m004") < 0 && each.correlation() > 0.95);
  }

  /** Four days of both, then five of one alone, so that the other gives its slot back. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 500, 700, 1_000})
  void itGoesOnFromWhatWasStored(int stored) {
    playBothThenOne(Integer.MAX_VALUE);
    var without = List.copyOf(found);
    found.clear();
    group = new CorrelationGroup(RULES);
    step = 0;
    playBothThenOne(stored);
    assertThat(found).isEqualTo(without);
    assertThat(found).extracting(Finding::active).contains(true).endsWith(false);
  }

  private void playBothThenOne(int stored) {
    var play = new Following(2);
    for (var t = 1; t <= 9 * DAY_STEPS; t++) {
      if (t <= 4 * DAY_STEPS) {
        play.next(0.6);
      } else {
        add(name("z"), t % 3);
        step++;
      }
      group = t % stored == 0 ? copy(group) : group;
    }
  }

  @Test
  void theSumsAreWrittenOnceAnHour() {
    addAll(1, 2);
    encoded(group);
    assertThat(group.changed()).isZero();
    addAll(2, 1);
    assertThat(group.changed()).isEqualTo(1 << CorrelationGroup.HEAD);
    encoded(group);
    addAll(2, 1, 3);
    assertThat(group.changed()).isEqualTo(1 << CorrelationGroup.HEAD | 1 << CorrelationGroup.NAMES);
    encoded(group);
    step = 18;
    addAll(2, 1, 3);
    assertThat(group.changed()).isEqualTo(1 << CorrelationGroup.HEAD | 1 << CorrelationGroup.SUMS);
  }

  /** What the class doc promises. */
  @ParameterizedTest
  @ValueSource(ints = {20, 64, 96})
  void itsStateIsAsLargeAsItSays(int series) {
    group = new CorrelationGroup(new GroupRules(series, false));
    var noise = new Noise(0, series + 1, 10);
    for (var t = 0; t < 3 * DAY_STEPS + 17; t++) {
      addAll(noise.next());
    }
    var parts = encoded(group);
    var promised = 88 * series * (series - 1) / 2 + 1_000 * series;
    assertThat(parts[0].length + parts[1].length + parts[2].length).isLessThan(promised);
    assertThat(parts[0].length).isLessThan(10 * 18 * series + 100);
    assertThat(parts[2].length).as("fits a message").isLessThan(1_000_000);
  }

  /** B follows A; B's name comes before A's. */
  private final class Following {
    private final Noise noise = new Noise(0.8, 2, 11);
    private final double[] before;

    Following(int lag) {
      before = new double[lag + 1];
    }

    void next(double correlation) {
      var next = noise.next();
      System.arraycopy(before, 0, before, 1, before.length - 1);
      before[0] = next[0];
      var own = Math.sqrt(1 - correlation * correlation);
      add(name("z"), next[0]);
      add(name("b"), correlation * before[before.length - 1] + own * next[1]);
      step++;
    }
  }

  private void follow(int steps, int lag, double correlation) {
    var play = new Following(lag);
    for (var t = 0; t < steps; t++) {
      play.next(correlation);
    }
  }

  private void addAll(double... values) {
    for (var i = 0; i < values.length; i++) {
      add(NAMES.get(i), values[i]);
    }
    step++;
  }

  private void add(SeriesName name, double value) {
    group.add(name, START + step * STEP, value, 60, listener);
  }

  private void at(long minute, String metric, double value) {
    group.add(name(metric), START + minute * MINUTE, value, 60, listener);
  }

  private static SeriesName name(String metric) {
    return new SeriesName(metric, "device", "10.0.0.1", "");
  }

  private static byte[][] encoded(CorrelationGroup group) {
    var parts = new byte[CorrelationGroup.PARTS][];
    for (var part = 0; part < parts.length; part++) {
      var out = new StateWriter();
      group.encode(part, out);
      parts[part] = out.toByteArray();
    }
    return parts;
  }

  private static CorrelationGroup copy(CorrelationGroup group) {
    var parts = encoded(group);
    var readers = new StateReader[parts.length];
    for (var part = 0; part < parts.length; part++) {
      readers[part] = new StateReader(parts[part]);
    }
    return CorrelationGroup.decode(readers, RULES);
  }
}
