package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.Severity;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MemberTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long MINUTE = 60_000_000L;

  private Member member = new Member();

  @Test
  void isAsItWasLastInThatHourOrTheOneBefore() {
    take(10 * HOUR, 10);
    take(10 * HOUR + 20 * MINUTE, 20);
    take(11 * HOUR, 30);
    assertThat(at(10 * HOUR - 1)).isEmpty();
    assertThat(at(10 * HOUR)).hasValue(10);
    assertThat(at(10 * HOUR + 19 * MINUTE)).hasValue(10);
    assertThat(at(10 * HOUR + 20 * MINUTE)).hasValue(20);
    assertThat(at(11 * HOUR)).hasValue(30);
    assertThat(at(12 * HOUR + 59 * MINUTE)).hasValue(30);
    assertThat(at(13 * HOUR)).isEmpty();
  }

  @Test
  void aTallyTakesThePlaceOfTheOneOfItsMoment() {
    take(10 * HOUR, 10);
    take(10 * HOUR, 40);
    take(10 * HOUR + 5, 50);
    take(10 * HOUR + 3, 60);
    assertThat(at(10 * HOUR)).hasValue(40);
    assertThat(at(10 * HOUR + 5)).as("an earlier moment does not displace a later").hasValue(50);
  }

  @Test
  void forgetsWhatIsAskedForNoMore() {
    for (var hour = 0; hour < 1_000; hour++) {
      take(hour * HOUR, 50);
      member.forgetBefore(hour - 3);
    }
    assertThat(at(996 * HOUR)).isPresent();
    assertThat(at(995 * HOUR)).isEmpty();
    assertThat(encoded().length).isLessThan(4 * 40);
  }

  @Test
  void isKeptAsItIs() {
    var grave = tally(70);
    grave.addActive(Severity.critical, 3);
    grave.addComponent(1, 2, 33);
    member.take(10 * HOUR, grave, 5);
    take(11 * HOUR + MINUTE, 80);
    member = Member.decode(new StateReader(encoded()));
    assertThat(member.touchedMs()).isEqualTo(6);
    assertThat(at(11 * HOUR)).hasValue(70);
    var read = member.at(10 * HOUR).orElseThrow();
    assertThat(read.active(Severity.critical)).isEqualTo(3);
    assertThat(read.active()).isEqualTo(3);
    assertThat(read.component(0)).isEmpty();
    assertThat(read.component(1)).hasValue(33);
    assertThat(at(11 * HOUR + MINUTE)).hasValue(80);
  }

  private byte[] encoded() {
    var out = new StateWriter();
    member.encode(out);
    return out.toByteArray();
  }

  private void take(long micros, double score) {
    member.take(micros, tally(score), 6);
  }

  private static Tally tally(double score) {
    var tally = new Tally(2);
    tally.addOverall(1, score);
    return tally;
  }

  private OptionalDouble at(long micros) {
    return member.at(micros).map(Tally::overall).orElse(OptionalDouble.empty());
  }
}
