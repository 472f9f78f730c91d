package dev.millrace.aggregate.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import org.junit.jupiter.api.Test;

class EntityCasesTest {
  private static final long DAY = 86_400_000_000L;

  private final EntityCases cases = new EntityCases();

  @Test
  void anHourTellsOfWhatWasOpenInIt() {
    take("before", 0, 100, 100);
    take("into", 50, 101, 101);
    take("open", 60, Incident.OPEN, 70);
    take("within", 150, 160, 160);
    take("after", 200, Incident.OPEN, 210);
    assertThat(cases.in(100, 200)).extracting(Case::id).containsExactly("into", "open", "within");
    assertThat(cases.in(200, 300)).extracting(Case::id).containsExactly("open", "after");
    assertThat(cases.size()).isEqualTo(2);
  }

  @Test
  void aStepTakesThePlaceOfTheOneBefore() {
    take("i", 60, Incident.OPEN, 70);
    take("i", 60, 90, 90);
    assertThat(cases.in(100, 200)).isEmpty();
  }

  @Test
  void anIncidentOfWhichNothingMoreIsToldIsForgotten() {
    take("i", 0, Incident.OPEN, 10);
    assertThat(cases.in(7 * DAY, 7 * DAY + 1)).hasSize(1);
    assertThat(cases.in(8 * DAY, 8 * DAY + 1)).isEmpty();
  }

  @Test
  void beyondSoManyTheOldestIsForgotten() {
    for (var i = 0; i < 2 * EntityCases.MAX; i++) {
      take("i" + i, i, Incident.OPEN, i);
    }
    assertThat(cases.size()).isEqualTo(EntityCases.MAX);
    assertThat(cases.in(0, 10_000).get(0).id()).isEqualTo("i" + EntityCases.MAX);
  }

  @Test
  void whatBeganBeforeTheLatestHourThatWasToldIsTold() {
    var early = Case.of("i").told(CaseTest.incident(150, 160, 160));
    assertThat(cases.isTold(early)).isFalse();
    cases.in(100, 200);
    assertThat(cases.isTold(early)).isTrue();
    assertThat(cases.isTold(Case.of("i").told(CaseTest.incident(200, 260, 260)))).isFalse();
  }

  @Test
  void itIsReadAsItWasWritten() {
    take("a", 60, Incident.OPEN, 70);
    take("b", 50, 101, 101);
    cases.in(0, 100);
    var out = new StateWriter();
    cases.encode(out);
    var copy = EntityCases.decode(new StateReader(out.toByteArray()));
    assertThat(copy.isTold(Case.of("i").told(CaseTest.incident(99, 160, 160)))).isTrue();
    assertThat(copy.in(100, 200)).isEqualTo(cases.in(100, 200)).hasSize(2);
  }

  private void take(String id, long from, long to, long updated) {
    cases.take(Case.of(id).told(CaseTest.incident(from, to, updated)));
  }
}
