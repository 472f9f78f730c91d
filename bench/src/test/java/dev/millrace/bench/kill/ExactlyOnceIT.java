package dev.millrace.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.rounds.Asked;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kill test, short: every act as often as it is in the deck. Those of one seed; the command
 * takes others, and more.
 */
class ExactlyOnceIT {
  private static final int ROUNDS = 15;
  private static final long SEED = 7;
  private static final int RATE = 400;

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void everyRecordIsInItsTableOnceWhateverIsKilled() throws Exception {
    var report = new KillTest(new Asked(folder, ROUNDS, SEED, RATE), System.out::println).run();

    System.out.println(report);
    assertThat(report.passed()).as(report.toString()).isTrue();
    assertThat(report.acts().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
    assertThat(report.acts()).containsOnlyKeys(Act.values());
    assertThat(report.kills()).isGreaterThanOrEqualTo(8);
    assertThat(report.records()).isGreaterThan(1_000);
  }
}
