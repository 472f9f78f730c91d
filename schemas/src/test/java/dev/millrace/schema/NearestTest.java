package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "same, same, 0", "'', abc, 3", "ab, ba, 2"})
  void distanceIsLevenshteins(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void onlyAWordThatIsCloseIsSuggested() {
    var topics = List.of("audio.samples", "hub.samples");
    assertThat(Nearest.suggestion("hub.sample", topics)).isEqualTo(", did you mean 'hub.samples'?");
    assertThat(Nearest.suggestion("weather", topics)).isEmpty();
    assertThat(Nearest.suggestion("x", List.of())).isEmpty();
  }
}
