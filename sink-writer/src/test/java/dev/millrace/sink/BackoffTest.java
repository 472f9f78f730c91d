package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new Random(1));

  @Test
  void doublesUpToTheLimitAndShortensByAtMostHalf() {
    assertThat(BACKOFF.millis(1)).isBetween(50L, 100L);
    assertThat(BACKOFF.millis(3)).isBetween(200L, 400L);
    assertThat(BACKOFF.millis(10)).isBetween(1_000L, 2_000L);
    assertThat(BACKOFF.millis(1_000_000)).isBetween(1_000L, 2_000L);
  }
}
