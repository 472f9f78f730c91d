package dev.millrace.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ActTest {
  @Test
  void aSeedRepeatsTheOrder() {
    assertThat(Act.rounds(50, new Random(3))).isEqualTo(Act.rounds(50, new Random(3)));
    assertThat(Act.rounds(50, new Random(3))).isNotEqualTo(Act.rounds(50, new Random(4)));
  }

  @Test
  void thirtyRoundsHaveEveryKindAndKillAtEveryPlaceTwice() {
    for (var seed = 0; seed < 20; seed++) {
      var acts = Act.rounds(30, new Random(seed));
      assertThat(acts).hasSize(30).contains(Act.values());
      for (var act : Act.values()) {
        if (act.name().startsWith("KILL")) {
          assertThat(acts.stream().filter(act::equals).count()).isGreaterThanOrEqualTo(2);
        }
      }
    }
  }
}
