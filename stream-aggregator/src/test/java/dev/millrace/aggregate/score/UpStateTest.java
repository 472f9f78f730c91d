package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.insight.InsightRecords;
import org.junit.jupiter.api.Test;

class UpStateTest {
  private static final Scoring.State PING =
      InsightRecords.HEALTH_SCORES.scoring().orElseThrow().state().orElseThrow();
  private static final long MINUTE = 60_000_000;

  private UpState state = new UpState();

  @Test
  void isDownFromTheSecondMissOnAndUpWithTheFirstReadingThatIs() {
    take(1, true);
    take(2, false);
    take(3, false);
    take(4, false);
    take(5, true);
    take(6, false);
    assertThat(down(0)).as("nothing is known").isFalse();
    assertThat(down(2)).isFalse();
    assertThat(down(3)).isTrue();
    assertThat(down(4)).isTrue();
    assertThat(down(5)).isFalse();
    assertThat(down(6)).isFalse();
  }

  @Test
  void saysSinceWhenSomethingIsOtherThanItWas() {
    assertThat(take(1, true)).isEmpty();
    assertThat(take(2, false)).isEmpty();
    assertThat(take(3, false)).hasValue(3 * MINUTE);
    assertThat(take(4, false)).isEmpty();
    assertThat(take(5, true)).hasValue(5 * MINUTE);
  }

  @Test
  void aReadingThatComesOutOfOrderIsPassedOver() {
    take(5, true);
    take(3, false);
    take(4, false);
    assertThat(down(5)).isFalse();
  }

  @Test
  void whatItSaysHoldsForAnHour() {
    take(1, false);
    take(2, false);
    assertThat(down(62)).isTrue();
    assertThat(down(63)).isFalse();
  }

  @Test
  void keepsThirtyTwoChangesHoweverOftenItFlaps() {
    for (var minute = 0; minute < 3_000; minute += 3) {
      take(minute, false);
      take(minute + 1, false);
      take(minute + 2, true);
    }
    assertThat(encoded().length).isLessThan(400);
    assertThat(down(2_998)).isTrue();
    assertThat(down(2_999)).isFalse();
    assertThat(down(2_998 - 15 * 3)).isTrue();
    assertThat(down(1)).as("long past").isFalse();
  }

  @Test
  void isKeptAsItIs() {
    take(1, true);
    take(2, false);
    state = UpState.decode(new StateReader(encoded()));
    take(3, false);
    assertThat(down(3)).as("the miss before was kept").isTrue();
    state = UpState.decode(new StateReader(encoded()));
    assertThat(down(3)).isTrue();
    assertThat(down(2)).isFalse();
    state = UpState.decode(new StateReader(encodedOf(new UpState())));
    assertThat(down(3)).isFalse();
  }

  private java.util.OptionalLong take(long minute, boolean up) {
    return state.take(minute * MINUTE, up, PING.misses());
  }

  private boolean down(long minute) {
    return state.isDown(minute * MINUTE, PING);
  }

  private byte[] encoded() {
    return encodedOf(state);
  }

  private static byte[] encodedOf(UpState state) {
    var out = new StateWriter();
    state.encode(out);
    return out.toByteArray();
  }
}
