package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long MINUTE = 60_000_000L;
  private static final long NOW = 400 * 3_600_000L; // hour 400, by the wall clock
  private static final List<Trend> TRENDS = List.of(new Trend("h", 1, 0), new Trend("d", 24, 1));

  private Timeline timeline = new Timeline(TRENDS);

  @Test
  void aMomentIsScoredOnceWhenItIsDue() {
    timeline.call(10 * HOUR, NOW, NOW + 5);
    assertThat(due(NOW + 4)).isEmpty();
    assertThat(due(NOW + 5)).containsExactly(10 * HOUR);
    assertThat(due(NOW + 9)).isEmpty();
    assertThat(timeline.waits()).isFalse();
  }

  @Test
  void theLatestOfSeveralWithinAnHourIsScoredAsSoonAsTheFirstWasDue() {
    timeline.call(10 * HOUR + MINUTE, NOW, NOW + 5);
    timeline.call(10 * HOUR + 3 * MINUTE, NOW, NOW + 7);
    timeline.call(10 * HOUR + 2 * MINUTE, NOW, NOW + 8);
    timeline.call(10 * HOUR, NOW, NOW + 9);
    assertThat(due(NOW + 5)).containsExactly(10 * HOUR + 3 * MINUTE);
    assertThat(due(NOW + 9)).containsExactly(10 * HOUR);
  }

  @Test
  void aChangeHasTheMomentsOfItsHourAndTheNextScoredAgain() {
    for (var hour = 10; hour < 14; hour++) {
      timeline.call(hour * HOUR, NOW, NOW);
      timeline.call(hour * HOUR + MINUTE, NOW, NOW);
    }
    due(NOW);
    timeline.changed(11, NOW + 2);
    assertThat(due(NOW + 1)).isEmpty();
    assertThat(due(NOW + 2))
        .containsExactly(11 * HOUR, 11 * HOUR + MINUTE, 12 * HOUR, 12 * HOUR + MINUTE);
    timeline.changedSince(13, NOW + 3);
    assertThat(due(NOW + 3)).containsExactly(13 * HOUR, 13 * HOUR + MINUTE);
  }

  @Test
  void aScoreThatIsNotWhatItWasHasTheTrendsScoredThatLookBackAtIt() {
    for (var hour : List.of(10, 11, 12, 33, 34, 35, 36)) {
      timeline.call(hour * HOUR, NOW, NOW);
    }
    due(NOW);
    timeline.changed(10, NOW);
    var scored = new ArrayList<Long>();
    for (var next = timeline.nextDue(NOW); next.isPresent(); next = timeline.nextDue(NOW)) {
      scored.add(next.get().hour());
      next.get().scored(new byte[0], new byte[0]);
      timeline.keep(next.get(), OptionalDouble.of(next.get().hour() == 10 ? 70 : 50), TRENDS);
    }
    assertThat(scored).as("1 hour; 24 hours, one more, one less").contains(10L, 11L, 33L, 34L, 35L);
    var again = new ArrayList<Long>();
    timeline.changed(10, NOW);
    for (var next = timeline.nextDue(NOW); next.isPresent(); next = timeline.nextDue(NOW)) {
      again.add(next.get().hour());
      next.get().scored(new byte[0], new byte[0]);
      timeline.keep(next.get(), OptionalDouble.of(next.get().hour() == 10 ? 70 : 50), TRENDS);
    }
    assertThat(again).as("nothing has changed").containsExactly(10L, 11L);
  }

  @Test
  void theEndOfAnHourIsNotDueBeforeItHasCome() {
    timeline.call(401 * HOUR, NOW, NOW + 1);
    timeline.call(401 * HOUR + MINUTE, NOW, NOW + 1);
    assertThat(due(NOW + 1)).as("a clock that is ahead").containsExactly(401 * HOUR + MINUTE);
    assertThat(due(NOW + 3_600_000)).containsExactly(401 * HOUR);
  }

  @Test
  void anHourSettlesWhenNothingOfItHasComeForThreeHoursButNeverTheNewestTwo() {
    for (var hour = 10; hour < 14; hour++) {
      timeline.call(hour * HOUR, NOW, NOW);
    }
    due(NOW);
    timeline.settle(NOW + Timeline.QUIET_MS - 1);
    assertThat(timeline.isOpen(10)).isTrue();
    timeline.call(11 * HOUR, NOW + 5, NOW + 5);
    assertThat(timeline.settle(NOW + Timeline.QUIET_MS))
        .as("the hour after it may look at its details")
        .isEmpty();
    assertThat(timeline.isOpen(10)).isFalse();
    assertThat(timeline.keptHours()).containsExactly(10L, 11L, 12L, 13L);
    timeline.settle(NOW + Timeline.QUIET_MS + 5);
    assertThat(timeline.isOpen(11)).as("it waits").isTrue();
    due(NOW + 5);
    assertThat(timeline.settle(NOW + 10 * Timeline.QUIET_MS)).containsExactly(10L);
    assertThat(timeline.keptHours()).containsExactly(11L, 12L, 13L);
    assertThat(timeline.oldestMicros()).isEqualTo(12 * HOUR);
  }

  /** A backlog may bring years at once: what is pushed out is scored first. */
  @Test
  void neverHoldsMoreThanAWeek() {
    var scored = new ArrayList<Long>();
    var settled = new ArrayList<Long>();
    for (var hour = -500; hour < 300; hour++) {
      timeline.call(hour * HOUR, NOW, NOW + 10_000);
      if (timeline.hurry()) {
        scored.addAll(due(NOW));
      }
      settled.addAll(timeline.settle(NOW));
      assertThat(timeline.keptHours()).hasSizeLessThanOrEqualTo(Timeline.MOST_HOURS + 1);
    }
    assertThat(scored).hasSize(800 - Timeline.MOST_HOURS).startsWith(-500 * HOUR);
    assertThat(settled).hasSize(800 - Timeline.MOST_HOURS - 1);
    assertThat(timeline.isOpen(300 - 1 - Timeline.MOST_HOURS)).isFalse();
    assertThat(encoded().length).isLessThan(Timeline.MOST_HOURS * 60 + 800);
  }

  @Test
  void isPublishedAgainOnlyWhenItIsNotWhatItWas() {
    var moment = new Moment(10 * HOUR);
    assertThat(moment.scored(new byte[] {1}, new byte[] {2})).isTrue();
    assertThat(moment.scored(new byte[] {1}, new byte[] {2})).isFalse();
    assertThat(moment.scored(new byte[] {1}, new byte[] {3})).isTrue();
    assertThat(moment.scored(new byte[] {2}, new byte[] {3})).isTrue();
  }

  @Test
  void isKeptAsItIs() {
    timeline.touch(77);
    timeline.call(10 * HOUR, NOW, NOW);
    due(NOW);
    timeline.call(40 * HOUR + MINUTE, NOW, NOW + 5);
    timeline.call(41 * HOUR, NOW, NOW + 6);
    timeline.settle(NOW + Timeline.QUIET_MS);
    var moment = new Moment(10 * HOUR);
    timeline.keep(moment, OptionalDouble.of(60), TRENDS);
    timeline = Timeline.decode(new StateReader(encoded()));
    assertThat(timeline.touchedMs()).isEqualTo(77);
    assertThat(timeline.isOpen(10)).isFalse();
    assertThat(timeline.trend(TRENDS.get(0), new Moment(11 * HOUR), OptionalDouble.of(50)))
        .hasValue(-10);
    assertThat(due(NOW - 9))
        .as("what waited has waited long enough, by whatever clock")
        .containsExactly(40 * HOUR + MINUTE, 41 * HOUR);
    assertThat(timeline.waits()).isFalse();
  }

  private byte[] encoded() {
    var out = new StateWriter();
    timeline.encode(out);
    return out.toByteArray();
  }

  private List<Long> due(long nowMs) {
    var moments = new ArrayList<Long>();
    for (var next = timeline.nextDue(nowMs); next.isPresent(); next = timeline.nextDue(nowMs)) {
      next.get().scored(new byte[0], new byte[0]);
      moments.add(next.get().micros());
    }
    return moments;
  }
}
