package dev.millrace.aggregate.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Gap 120 s, so at once is within 30 s, and no group is longer than half an hour. */
class BurstsTest {
  private static final GroupConfig CONFIG = GroupConfig.of(Duration.ofMinutes(2));
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final int DEVICE = 6;
  private static final int INTERFACE = 4;

  private Bursts bursts = new Bursts();
  private long nowMs = 1_000;

  @Test
  void anIncidentHasAGroupFromItsFirstStepOnAndIsItsOwnRoot() {
    var alone = open(1, 0, INTERFACE);
    assertThat(alone.root()).isEqualTo(id(1));
    assertThat(alone.group()).isNotEqualTo(id(1));
    assertThat(close(1, 0, INTERFACE)).isEqualTo(alone);
  }

  @Test
  void whatBeginsWithinTheGapOfTheLatestBelongsToIt() {
    var group = open(1, 0, INTERFACE).group();
    assertThat(open(2, 120, INTERFACE).group()).isEqualTo(group);
    assertThat(open(3, 240, INTERFACE).group()).isEqualTo(group);
    assertThat(open(4, 361, INTERFACE).group()).isNotEqualTo(group);
  }

  @Test
  void whatIsHeardOfLateBelongsWhereItBegan() {
    var first = open(1, 0, INTERFACE).group();
    var second = open(2, 300, INTERFACE).group();
    assertThat(second).isNotEqualTo(first);
    assertThat(open(3, 100, INTERFACE).group()).isEqualTo(first);
    assertThat(open(4, 200, INTERFACE).group()).as("as near to both").isEqualTo(first);
    assertThat(open(5, 260, INTERFACE).group()).as("nearer to the second").isEqualTo(second);
    assertThat(open(6, -120, INTERFACE).group()).as("before the first").isEqualTo(first);
    assertThat(open(7, -300, INTERFACE).group()).isNotIn(first, second);
    assertThat(close(3, 100, INTERFACE).group()).as("groups never overlap").isEqualTo(first);
    assertThat(close(5, 260, INTERFACE).group()).isEqualTo(second);
  }

  @Test
  void noGroupIsLongerThanFifteenGapsHoweverManyFollow() {
    var group = open(0, 0, INTERFACE).group();
    for (var minute = 1; minute <= 30; minute++) {
      assertThat(open(minute, minute * 60, INTERFACE).group()).isEqualTo(group);
    }
    assertThat(open(31, 31 * 60, INTERFACE).group()).isNotEqualTo(group);
    assertThat(open(32, 15 * 60, INTERFACE).group()).isEqualTo(group);
  }

  @Test
  void amongThoseThatBeganAtOnceTheWidestIsTheRoot() {
    assertThat(open(1, 0, INTERFACE).root()).isEqualTo(id(1));
    assertThat(open(2, 30, DEVICE).root()).isEqualTo(id(2));
    assertThat(open(3, 10, INTERFACE).root()).isEqualTo(id(2));
    assertThat(close(1, 0, INTERFACE).root()).isEqualTo(id(2));
  }

  @Test
  void aWiderOneThatBeganLaterIsNotTheRoot() {
    open(1, 0, INTERFACE);
    assertThat(open(2, 31, DEVICE).root()).isEqualTo(id(1));
  }

  @Test
  void ofOneWidthWhatBeganFirstThenTheGravestThenTheSmallestId() {
    assertThat(open(5, 10, INTERFACE).root()).isEqualTo(id(5));
    assertThat(open(4, 10, INTERFACE).root()).isEqualTo(id(4));
    assertThat(take(5, 10, INTERFACE, true, IncidentStatus.updated).root()).isEqualTo(id(5));
    assertThat(open(6, 5, INTERFACE).root()).isEqualTo(id(6));
  }

  @Test
  void whatBeganEarlierIsTheRootFromThenOnHoweverLateItIsHeardOf() {
    open(1, 40, DEVICE);
    var group = open(2, 60, DEVICE).group();
    nowMs += DAY_MS - 1;
    assertThat(open(3, 0, INTERFACE)).isEqualTo(new Bursts.Assigned(group, id(3)));
    assertThat(close(1, 40, DEVICE)).isEqualTo(new Bursts.Assigned(group, id(3)));
    assertThat(open(4, 20, DEVICE).root()).as("at once with the new first").isEqualTo(id(4));
  }

  @Test
  void theIdFollowsFromTheIncidentThatWasHeardOfFirst() {
    var group = open(7, 50, INTERFACE).group();
    open(8, 0, DEVICE);
    bursts = new Bursts();
    assertThat(open(7, 90, DEVICE).group()).isEqualTo(group);
    assertThat(open(8, 500, DEVICE).group()).isNotEqualTo(group);
  }

  @Test
  void aGroupIsForgottenADayAfterItsLastIncidentHasClosed() {
    open(1, 0, INTERFACE);
    open(2, 10, INTERFACE);
    close(1, 0, INTERFACE);
    assertThat(bursts.forgetAtMs()).isEqualTo(nowMs + 30 * DAY_MS);
    nowMs += 30 * DAY_MS - 1;
    var group = open(3, 90, INTERFACE).group();
    assertThat(close(2, 10, INTERFACE).group()).isEqualTo(group);
    close(3, 90, INTERFACE);
    assertThat(bursts.forgetAtMs()).isEqualTo(nowMs + DAY_MS);
    nowMs += DAY_MS;
    assertThat(open(4, 90, INTERFACE).group()).isNotEqualTo(group);
  }

  @Test
  void thereIsAnEndToTheGroupsThatAreRememberedAndOpenOnesGoLast() {
    var open = open(1, 0, INTERFACE).group();
    var latest = open;
    for (var other = 2; other <= 10 * Bursts.MOST; other++) {
      nowMs++;
      open(other, other * 1_000, INTERFACE);
      latest = close(other, other * 1_000, INTERFACE).group();
    }
    assertThat(open(1_000, 10 * Bursts.MOST * 1_000, INTERFACE).group()).isEqualTo(latest);
    assertThat(encoded()).hasSizeLessThan(8 + 2 + Bursts.MOST * 80);
    assertThat(close(1, 0, INTERFACE).group()).isEqualTo(open);
  }

  @Test
  void thereIsAnEndToThoseThatMayBeTheRootAndTheWidestStay() {
    var group = open(1, 0, DEVICE).group();
    for (var other = 2; other <= 20 * Burst.MOST; other++) {
      assertThat(open(other, 0, INTERFACE)).isEqualTo(new Bursts.Assigned(group, id(1)));
    }
    assertThat(encoded()).hasSizeLessThan(60 + Burst.MOST * 25);
  }

  @Test
  void anIncidentWhoseGroupIsForgottenBeginsOneAnew() {
    var known = open(1, 0, INTERFACE);
    bursts = new Bursts();
    assertThat(close(1, 0, INTERFACE)).isEqualTo(known);
    assertThat(bursts.forgetAtMs()).isEqualTo(nowMs + DAY_MS);
  }

  @Test
  void whatWasStoredGoesOnAsIfNothingHadBeen() {
    open(1, 0, INTERFACE);
    open(2, 10, DEVICE);
    open(3, 1_000, INTERFACE);
    close(2, 10, DEVICE);
    var stored = encoded();
    assertThat(new StateReader(stored).readFixedLong()).isEqualTo(bursts.forgetAtMs());
    var before = bursts;
    bursts = Bursts.decode(new StateReader(stored));
    assertThat(encoded()).isEqualTo(stored);
    var restored = close(1, 0, INTERFACE);
    bursts = before;
    assertThat(close(1, 0, INTERFACE)).isEqualTo(restored);
    assertThat(restored.root()).isEqualTo(id(2));
  }

  private byte[] encoded() {
    var out = new StateWriter();
    bursts.encode(out);
    return out.toByteArray();
  }

  private Bursts.Assigned open(int incident, long second, int rank) {
    return take(incident, second, rank, false, IncidentStatus.opened);
  }

  private Bursts.Assigned close(int incident, long second, int rank) {
    return take(incident, second, rank, false, IncidentStatus.closed);
  }

  private Bursts.Assigned take(
      int incident, long second, int rank, boolean critical, IncidentStatus status) {
    var onset = new Onset(id(incident), second * 1_000_000, rank, critical);
    return bursts.take(onset, status, nowMs, CONFIG);
  }

  private static UUID id(int number) {
    return new UUID(0x3000, number);
  }
}
