package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring.Trend;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Trend HOUR = new Trend("h", 1, 0);
  private static final Trend DAY = new Trend("d", 24, 1);
  private static final Trend WEEK = new Trend("w", 168, 2);

  private final History history = new History(History.reach(List.of(HOUR, DAY, WEEK), 3));

  @Test
  void reachesAsFarBackAsTheLongestTrendOfTheOldestHour() {
    assertThat(History.reach(List.of(HOUR, DAY, WEEK), 3)).isEqualTo(173);
  }

  @Test
  void aTrendIsTheScoreLessWhatItWas() {
    put(100, 80);
    assertThat(trend(HOUR, 101, 65.5)).hasValue(-14.5);
    assertThat(trend(HOUR, 102, 65.5)).as("the hour before is not known").isEmpty();
    assertThat(history.trend(HOUR, 101, OptionalDouble.empty())).isEmpty();
  }

  @Test
  void oneOddHourMakesNoTrend() {
    for (var hour = 1_000; hour < 1_200; hour++) {
      put(hour, hour == 1_100 || hour == 1_030 || hour == 1_031 ? 0 : 90);
    }
    assertThat(trend(DAY, 1_124, 90)).hasValue(0);
    assertThat(trend(WEEK, 1_198, 90)).as("nor two of five").hasValue(0);
    assertThat(trend(DAY, 1_199, 40)).hasValue(-50);
  }

  @Test
  void isUnknownUntilMostOfTheHoursAroundAre() {
    put(500, 50);
    assertThat(trend(DAY, 524, 60)).as("one of three").isEmpty();
    put(501, 70);
    assertThat(trend(DAY, 524, 60)).as("two: their mean").hasValue(0);
    assertThat(trend(WEEK, 668, 60)).isEmpty();
    put(502, 90);
    assertThat(trend(WEEK, 668, 60)).hasValue(-10);
  }

  @Test
  void trendsStayWithinAHundred() {
    put(10, 100);
    put(11, 0);
    assertThat(trend(HOUR, 11, 0)).hasValue(-100);
    assertThat(trend(HOUR, 12, 100)).hasValue(100);
  }

  @Test
  void aLateHourTakesItsPlaceAndOneTooOldHasNone() {
    put(1_000, 50);
    assertThat(put(999, 40)).isTrue();
    assertThat(put(999, 40)).isFalse();
    assertThat(put(999, 45)).isTrue();
    assertThat(trend(HOUR, 1_000, 50)).hasValue(5);
    assertThat(put(1_000 - 173, 40)).isFalse();
    assertThat(trend(HOUR, 1_000 - 172, 50)).isEmpty();
  }

  @Test
  void aGapIsNotFilledWithWhatWasBeforeIt() {
    for (var hour = 0; hour < 400; hour++) {
      put(hour, 50);
    }
    put(10_000, 80);
    for (var back = 1; back < 173; back++) {
      assertThat(trend(new Trend("b", back, 0), 10_000, 80)).isEmpty();
    }
  }

  @Test
  void isKeptAsItIsInTwoBytesAnHour() {
    for (var hour = -100; hour < 300; hour++) {
      put(hour, hour < 0 ? 1 : hour / 3.0);
    }
    var out = new StateWriter();
    history.encode(out);
    assertThat(out.length()).isLessThan(2 * 173 + 20);
    var read = History.decode(new StateReader(out.toByteArray()));
    for (var trend : List.of(HOUR, DAY, WEEK)) {
      assertThat(read.trend(trend, 299, OptionalDouble.of(50)))
          .isEqualTo(history.trend(trend, 299, OptionalDouble.of(50)))
          .isPresent();
    }
  }

  private boolean put(long hour, double score) {
    return history.put(hour, OptionalDouble.of(score));
  }

  private OptionalDouble trend(Trend trend, long hour, double score) {
    return history.trend(trend, hour, OptionalDouble.of(score));
  }
}
