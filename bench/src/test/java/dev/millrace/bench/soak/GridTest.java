package dev.millrace.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.traffic.SteadySamples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GridTest {
  /** Three seconds into a window; ten samples a second of two series. */
  private final SteadySamples samples =
      new SteadySamples("t", 2, 10, Instant.parse("2026-03-01T00:00:03Z"));

  private final Grid grid = FinestWindows.expected(samples, 101);

  @Test
  void everySampleIsInTheWindowOfItsTime() {
    var begin = samples.micros(0) - 3_000_000;
    var other = new Grid(2, samples.micros(0));
    for (var window = 0; window < 3; window++) {
      var held = new int[] {10, 25, 15}[window];
      other.set(0, begin + window * 5_000_000L, held + (window == 2 ? 1 : 0));
      other.set(1, begin + window * 5_000_000L, held);
    }

    assertThat(grid.samples()).isEqualTo(101);
    assertThat(grid.windows()).isEqualTo(6);
    assertThat(grid.differing(other)).isZero();
    assertThat(other.differing(grid)).isZero();
  }

  @Test
  void whatIsMissingTooMuchOrElsewhereDiffers() {
    var other = FinestWindows.expected(samples, 101);
    other.set(1, samples.micros(0) - 3_000_000, 9);
    assertThat(grid.differing(other)).isEqualTo(1);

    other.set(0, samples.micros(0) + 600_000_000, 1);
    assertThat(grid.differing(other)).isEqualTo(2);
    assertThat(other.differing(grid)).isEqualTo(2);
  }

  /** A revision takes the place of what the window was before. */
  @Test
  void theLastRevisionCounts() {
    var other = FinestWindows.expected(samples, 101);
    other.set(1, samples.micros(0), 1);
    other.set(1, samples.micros(0), 10);
    assertThat(other.samples()).isEqualTo(101);
  }
}
