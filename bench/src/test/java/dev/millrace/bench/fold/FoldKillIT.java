package dev.millrace.bench.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.rounds.Asked;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kill test of the aggregator, short: an act of each kind. The command does as many as asked.
 */
class FoldKillIT {
  private static final int ROUNDS = 4;
  private static final long SEED = 3;
  private static final int RATE = 600;

  @TempDir Path folder;

  @Test
  @Timeout(400)
  void everyWindowIsWhatItsSamplesGiveWhateverIsKilled() throws Exception {
    var options = new Asked(folder, ROUNDS, SEED, RATE);
    var report = new FoldKillTest(options, System.out::println).run();

    System.out.println(report);
    assertThat(report.passed()).as(report.toString()).isTrue();
    assertThat(report.kills()).isGreaterThanOrEqualTo(2);
    assertThat(report.revised()).isPositive();
  }
}
