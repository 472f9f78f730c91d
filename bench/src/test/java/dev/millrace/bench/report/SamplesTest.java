package dev.millrace.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void medianIsTheMiddle() {
    assertThat(Samples.of(3, 1, 2).median()).isEqualTo(2);
    assertThat(Samples.of(4, 1, 2, 3).median()).isEqualTo(2.5);
    assertThat(Samples.of(7).median()).isEqualTo(7);
  }

  @Test
  void quantileIsAValueThatWasMeasured() {
    var samples = new Samples(IntStream.rangeClosed(1, 200).mapToObj(n -> (double) n).toList());
    assertThat(samples.quantile(0.95)).isEqualTo(190);
    assertThat(samples.quantile(1)).isEqualTo(200);
    assertThat(Samples.of(5).quantile(0.01)).isEqualTo(5);
  }

  @Test
  void knowsItsEnds() {
    assertThat(Samples.of(3, 1, 2).min()).isEqualTo(1);
    assertThat(Samples.of(3, 1, 2).max()).isEqualTo(3);
  }

  @Test
  void isNeverEmpty() {
    assertThatThrownBy(() -> new Samples(List.of())).hasMessage("no samples");
  }
}
