package dev.millrace.aggregate.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.Verdict;
import org.junit.jupiter.api.Test;

class CaseTest {
  private static final Incident OPENED = incident(10, Incident.OPEN, 15);

  @Test
  void anIncidentCountsOnceItIsKnownAndForWhatWasFoundOfIt() {
    var unknown = Case.of("i");
    assertThat(unknown.tally()).isEqualTo(Tally.NONE);
    assertThat(unknown.judged(judged(Verdict.confirmed)).tally()).isEqualTo(Tally.NONE);
    var known = unknown.told(OPENED);
    assertThat(known.tally()).isEqualTo(new Tally(1, 0, 0, 0));
    assertThat(known.judged(judged(Verdict.expected)).tally()).isEqualTo(new Tally(1, 0, 0, 0));
    var wrong = known.judged(judged(Verdict.false_positive));
    assertThat(wrong.tally()).isEqualTo(new Tally(1, 0, 1, 0));
    assertThat(wrong.judged(judged(Verdict.confirmed)).tally()).isEqualTo(new Tally(1, 1, 0, 0));
    assertThat(wrong.unjudged()).isEqualTo(known);
  }

  @Test
  void whatWasMissedIsNoDetection() {
    var missed = Case.of("i").judged(judged(Verdict.missed)).told(OPENED);
    assertThat(missed.tally()).isEqualTo(new Tally(0, 0, 0, 1));
    assertThat(missed.unjudged()).isEqualTo(Case.of("i"));
    assertThat(missed.judged(judged(Verdict.confirmed)).incident()).isEmpty();
  }

  @Test
  void anOlderStepThatIsPublishedAgainChangesNothing() {
    var closed = incident(10, 20, 25);
    var known = Case.of("i").told(OPENED).told(closed);
    assertThat(known.told(OPENED).incident()).contains(closed);
  }

  @Test
  void aTallySaysWhatIsKnown() {
    var tally = new Tally(9, 6, 2, 4);
    assertThat(tally.precision()).isEqualTo(0.75);
    assertThat(tally.recall()).isEqualTo(0.6);
    assertThat(tally.f1()).isCloseTo(2 * 0.45 / 1.35, within(1e-12));
    assertThat(tally.plus(tally.negated())).isEqualTo(Tally.NONE);
    assertThat(new Tally(9, 0, 0, 0).precision()).isNaN();
    assertThat(new Tally(9, 0, 0, 0).f1()).isNaN();
    assertThat(new Tally(9, 0, 3, 0).precision()).isZero();
    assertThat(new Tally(9, 0, 3, 0).recall()).isNaN();
    assertThat(new Tally(9, 0, 3, 2).f1()).isNaN();
  }

  @Test
  void itIsReadAsItWasWritten() {
    for (var each :
        new Case[] {
          Case.of("i"),
          Case.of("i").told(OPENED),
          Case.of("i").told(OPENED).judged(judged(Verdict.confirmed))
        }) {
      var out = new StateWriter();
      each.encode(out);
      assertThat(Case.decode(new StateReader(out.toByteArray()))).isEqualTo(each);
    }
  }

  static Incident incident(long from, long to, long updated) {
    return new Incident("e", "{}", "m", "spike", "critical", from, to, updated);
  }

  private static Judgement judged(Verdict verdict) {
    return new Judgement(verdict, 99);
  }
}
