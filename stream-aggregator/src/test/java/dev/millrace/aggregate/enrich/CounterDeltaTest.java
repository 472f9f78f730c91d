package dev.millrace.aggregate.enrich;

import static dev.millrace.aggregate.enrich.CounterDelta.RESET;
import static dev.millrace.aggregate.enrich.CounterDelta.between;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CounterDeltaTest {
  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final long LAST_32 = 0xffff_ffffL;

  @Test
  void countsWhatWasCounted() {
    assertThat(between(5, 5, ANY)).isZero();
    assertThat(between(5, 1_000_005, ANY)).isEqualTo(1_000_000);
    assertThat(between(0, Long.MAX_VALUE, ANY)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCounterOf32BitsWraps() {
    assertThat(between(LAST_32, 0, ANY)).isEqualTo(1);
    assertThat(between(LAST_32 - 9, 90, ANY)).isEqualTo(100);
    assertThat(between(LAST_32 - 9, 90, 100)).isEqualTo(100);
  }

  @Test
  void aCounterOf64BitsWraps() {
    assertThat(between(-1, 0, ANY)).isEqualTo(1);
    assertThat(between(-10, 90, 100)).isEqualTo(100);
    assertThat(between(Long.MAX_VALUE, Long.MIN_VALUE + 9, ANY)).isEqualTo(10);
  }

  /** The same fall is a wrap where so much can have been counted, and a reset where it cannot. */
  @Test
  void whatIsMoreThanPossibleIsAReset() {
    assertThat(between(4_000_000_000L, 100_000_000, 1e9)).isEqualTo(394_967_296);
    assertThat(between(4_000_000_000L, 100_000_000, 1e8)).isEqualTo(RESET);
    assertThat(between(1_000_000_000, 100, ANY)).isEqualTo(RESET);
    assertThat(between(1L << 40, 100, ANY)).isEqualTo(RESET);
    assertThat(between(1_000, 2_000, 999)).isEqualTo(RESET);
    assertThat(between(1, -1, ANY)).isEqualTo(RESET);
  }

  @Test
  void anyCountsBelowHalfTheRangeAreFoundAgainWhereverTheCounterStands() {
    var random = new SplittableRandom(5);
    for (var i = 0; i < 10_000; i++) {
      var before = random.nextLong(1L << 32);
      var counts = random.nextLong(1L << 31);
      assertThat(between(before, (before + counts) & LAST_32, ANY)).isEqualTo(counts);
      var wide = random.nextLong() | 1L << 62;
      var more = random.nextLong(1L << 61);
      assertThat(between(wide, wide + more, ANY)).isEqualTo(more);
    }
  }
}
