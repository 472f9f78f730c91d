package dev.millrace.aggregate.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long DAY = 24 * HOUR;
  private static final long FIRST = 19_782 * DAY;
  private static final Tally ONE = new Tally(1, 0, 0, 0);

  private final Ledger ledger = new Ledger(3);

  @Test
  void aDayIsOverAnHourAfterItsEnd() {
    ledger.add(FIRST, ONE);
    assertThat(ledger.pass(FIRST + 5 * HOUR)).isEmpty();
    assertThat(ledger.pass(FIRST + DAY)).isEmpty();
    assertThat(ledger.pass(FIRST + DAY + HOUR))
        .containsExactly(new Ledger.Evaluation(FIRST + DAY, ONE));
    assertThat(ledger.pass(FIRST + DAY + 2 * HOUR)).isEmpty();
    assertThat(ledger.pass(FIRST)).as("an older hour").isEmpty();
  }

  @Test
  void anEvaluationIsOverSoManyDays() {
    ledger.pass(FIRST);
    var over = new ArrayList<Integer>();
    for (var day = 0; day < 5; day++) {
      ledger.add(FIRST + day * DAY + 7, new Tally(1 << day, 0, 0, 0));
      ledger
          .pass(FIRST + (day + 1) * DAY + HOUR)
          .forEach(each -> over.add(each.tally().detected()));
    }
    assertThat(over).containsExactly(1, 3, 7, 14, 28);
  }

  @Test
  void whatIsFoundLaterCountsFromThenOn() {
    ledger.add(FIRST, ONE);
    ledger.pass(FIRST);
    ledger.pass(FIRST + DAY + HOUR);
    ledger.add(FIRST, ONE.negated());
    ledger.add(FIRST, new Tally(1, 1, 0, 0));
    assertThat(ledger.pass(FIRST + 2 * DAY + HOUR))
        .containsExactly(new Ledger.Evaluation(FIRST + 2 * DAY, new Tally(1, 1, 0, 0)));
    ledger.pass(FIRST + 3 * DAY + HOUR);
    ledger.add(FIRST, new Tally(9, 9, 9, 9));
    assertThat(ledger.pass(FIRST + 4 * DAY + HOUR).get(0).tally()).isEqualTo(Tally.NONE);
  }

  @Test
  void afterALongSilenceOnlyTheLastDaysAreEvaluated() {
    ledger.add(FIRST, ONE);
    ledger.pass(FIRST);
    var over = ledger.pass(FIRST + 1_000 * DAY + HOUR);
    assertThat(over).hasSize(3);
    assertThat(over.get(2)).isEqualTo(new Ledger.Evaluation(FIRST + 1_000 * DAY, Tally.NONE));
  }

  @Test
  void ofDaysFarAheadOnlySoManyAreKept() {
    ledger.pass(FIRST);
    for (var day = 0; day < 10_000; day++) {
      ledger.add(FIRST + day * DAY, ONE);
    }
    assertThat(encoded(ledger).length).isLessThan(400 * 10);
  }

  @Test
  void itGoesOnFromWhatWasStored() {
    ledger.add(FIRST, ONE);
    ledger.pass(FIRST);
    var copy = Ledger.decode(new StateReader(encoded(ledger)), 3);
    assertThat(copy.pass(FIRST + 2 * DAY + HOUR))
        .isEqualTo(ledger.pass(FIRST + 2 * DAY + HOUR))
        .hasSize(2);
  }

  private static byte[] encoded(Ledger ledger) {
    var out = new StateWriter();
    ledger.encode(out);
    return out.toByteArray();
  }
}
