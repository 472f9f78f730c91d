package dev.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
  private static final DetectionScore FOUND = new DetectionScore(10, 9, 11, List.of("one"));

  /** 100 records, 1 of them dead, so 99 rows; 200 values, 3 of them late. */
  private static TopicBalance topic(long stored, long folded, long inFlight) {
    return new TopicBalance("t", 100, "s.t", 99L, stored, 200L, folded, 3L, 1, inFlight);
  }

  @ParameterizedTest
  @CsvSource({
    "99, 197, 0, true",
    "98, 197, 0, false",
    "100, 197, 0, false",
    "99, 196, 0, false",
    "99, 198, 0, false",
    "99, 197, 1, false",
  })
  void theBooksBalanceToTheRecord(long stored, long folded, long inFlight, boolean holds) {
    assertThat(topic(stored, folded, inFlight).holds()).isEqualTo(holds);
  }

  @Test
  void aTopicThatIsOnlyPublishedBalancesOnceItIsRead() {
    var published = new TopicBalance("t", 5, null, null, null, null, null, null, 0, 0);
    assertThat(published.holds()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"10, 9, true", "10, 8, false", "11, 10, true", "19, 17, false", "0, 0, true"})
  void nineInTenMustBeFound(int injected, int found, boolean passes) {
    assertThat(new DetectionScore(injected, found, found, List.of()).passes()).isEqualTo(passes);
  }

  @Test
  void oneTopicThatDoesNotHoldFailsTheWhole() {
    assertThat(new Summary(1, List.of(topic(99, 197, 0)), FOUND).passes()).isTrue();
    assertThat(new Summary(1, List.of(topic(99, 197, 0), topic(98, 197, 0)), FOUND).passes())
        .isFalse();
  }

  @Test
  void jsonSaysAllOfIt() throws JsonProcessingException {
    var json =
        new ObjectMapper().readTree(new Summary(7, List.of(topic(98, 197, 2)), FOUND).toJson());

    assertThat(json.get("holds").booleanValue()).isFalse();
    assertThat(json.get("seconds").intValue()).isEqualTo(7);
    assertThat(json.get("published").intValue()).isEqualTo(100);
    assertThat(json.get("dead_lettered").intValue()).isEqualTo(1);
    assertThat(json.get("in_flight").intValue()).isEqualTo(2);
    assertThat(json.at("/anomalies/injected").intValue()).isEqualTo(10);
    assertThat(json.at("/anomalies/found").intValue()).isEqualTo(9);
    assertThat(json.at("/topics/0/table").textValue()).isEqualTo("s.t");
    assertThat(json.at("/topics/0/stored").intValue()).isEqualTo(98);
    assertThat(json.at("/topics/0/folded").intValue()).isEqualTo(197);
  }

  @Test
  void peopleSeeWhichTopicDoesNotHold() {
    var text = new StringWriter();
    new Summary(7, List.of(topic(98, 197, 0)), FOUND).print(new PrintWriter(text, true));
    assertThat(text.toString())
        .contains("s.t   <- does not hold")
        .contains("10 injected, 9 found, 11 incidents")
        .contains("missed: one")
        .contains("DOES NOT HOLD");
  }

  @Test
  void topicsWithoutRecordsAreLeftOut() {
    var empty = new TopicBalance("e", 0, "s.e", 0L, 0L, null, null, null, 0, 0);
    assertThat(new Summary(1, List.of(empty), FOUND).topics()).isEmpty();
  }
}
