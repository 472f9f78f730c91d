package dev.millrace.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.bench.report.Comparison;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final int RATE = 1_000;
  private static final int CONNECTIONS = 4;
  private static final long MB = 1_000_000;

  @Test
  void whatIsFlatMeetsEveryTarget() {
    assertThat(missed(n -> sample(n, n * 10_000, 100, 30 * MB, 300 * MB, 3, 100))).isEmpty();
  }

  @Test
  void namesWhatGrows() {
    assertThat(missed(n -> sample(n, n * 10_000, 100, (30 + n) * MB, 300 * MB, 3, 100)))
        .containsExactly("heap");
    assertThat(missed(n -> sample(n, n * 10_000, 100, 30 * MB, (100 + 10 * n) * MB, 3, 100)))
        .containsExactly("resident");
    assertThat(missed(n -> sample(n, n * 10_000, 100, 30 * MB, 300 * MB, 3, 50 + n)))
        .containsExactly("files");
    assertThat(missed(n -> sample(n, n * 10_000, 100, 30 * MB, 300 * MB, 5, 100)))
        .containsExactly("sessions");
  }

  @Test
  void fallingBehindMissesLagAndRate() {
    assertThat(missed(n -> sample(n, n * 9_000, n * 1_000, 30 * MB, 300 * MB, 3, 100)))
        .containsExactly("rate", "lag");
  }

  /** What grows while the sink warms up is not held against it. */
  @Test
  void theFirstThirdIsForWarmingUp() {
    assertThat(
            missed(
                n ->
                    sample(
                        n, n * 10_000, n < 7 ? 90_000 : 0, Math.min(n, 8) * MB, 300 * MB, 3, 100)))
        .isEmpty();
  }

  @Test
  void offTheHeapAnAggregatorMustNotGrow() {
    assertThat(missedByAggregator(n -> 60 * MB)).isEmpty();
    assertThat(missedByAggregator(n -> (30 + n) * MB)).containsExactly("off_heap");
  }

  @Test
  void twoSamplesAreTooFew() {
    var one = sample(1, 1, 0, MB, MB, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Verdict.ofSink(List.of(one, one), RATE, CONNECTIONS));
  }

  private static List<String> missed(LongFunction<Sample.OfSink> samples) {
    var all = LongStream.rangeClosed(1, 30).mapToObj(samples).toList();
    return missed(Verdict.ofSink(all, RATE, CONNECTIONS));
  }

  private static List<String> missedByAggregator(LongUnaryOperator offHeap) {
    var all = LongStream.rangeClosed(1, 30).mapToObj(n -> aggregator(n, offHeap)).toList();
    return missed(Verdict.ofAggregator(all, RATE));
  }

  private static Sample.OfAggregator aggregator(long n, LongUnaryOperator offHeap) {
    var footprint = new Footprint(30 * MB, 300 * MB, offHeap.applyAsLong(n), 100);
    return new Sample.OfAggregator(new Moment(n * 10, n * 10_000, 100, footprint), 50, 200);
  }

  private static List<String> missed(List<Comparison> results) {
    return results.stream().filter(result -> !result.met()).map(Comparison::name).toList();
  }

  private static Sample.OfSink sample(
      long n, long stored, long behind, long heap, long resident, long sessions, long files) {
    var footprint = new Footprint(heap, resident, 0, files);
    return new Sample.OfSink(new Moment(n * 10, stored, behind, footprint), sessions);
  }
}
