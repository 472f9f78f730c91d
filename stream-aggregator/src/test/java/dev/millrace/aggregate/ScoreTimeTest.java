package dev.millrace.aggregate;

import static dev.millrace.aggregate.ScoreDriver.at;
import static dev.millrace.aggregate.ScoreDriver.of;
import static dev.millrace.aggregate.ScoreDriver.text;
import static dev.millrace.aggregate.ScoredNetwork.MIDNIGHT;
import static dev.millrace.aggregate.ScoredNetwork.micros;
import static dev.millrace.aggregate.ScoredNetwork.path;
import static dev.millrace.aggregate.ScoredNetwork.ping;
import static dev.millrace.aggregate.ScoredNetwork.step;
import static dev.millrace.aggregate.ScoredNetwork.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.series.Restorer;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Health scores of devices, paths, sites and the network: when they are published, again and no
 * more.
 */
class ScoreTimeTest {
  private static final String A = "10.0.0.1";
  private static final String B = "10.0.0.2";
  private static final String PING = "ping_latency_ms";
  private static final String UP = "availability_pct";

  private final ScoreDriver driver = new ScoreDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aLateWindowAndARevisionReplaceTheScoreOfTheirHour() {
    driver.send(window(A, 3, 0, UP, 100));
    driver.settle();
    driver.send(window(A, 3, 1, UP, 100));
    driver.settle();
    driver.scores();

    var revised = window(A, 3, 0, UP, 90);
    revised.record().put("revision", 1);
    driver.send(revised, window(A, 3, 0, PING, 300));
    driver.settle();
    var scores = driver.scores();
    var again = at(scores, "device", 60);
    assertThat(again.get("availability_score")).isEqualTo(40.0);
    assertThat(again.get("latency_health")).isEqualTo(40.0);
    assertThat(at(scores, "network", 60).get("availability_score")).isEqualTo(40.0);
    assertThat(at(scores, "device", 120).get("availability_score")).isEqualTo(100.0);
    assertThat(at(scores, "device", 120).get("trend_1h"))
        .as("the trend of the hour after looks back at it")
        .isEqualTo(60.0);
  }

  @Test
  void aSilentMemberCountsForAnHourMoreAndNotForGood() {
    driver.send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100));
    driver.settle();
    driver.send(window(B, 3, 1, UP, 100));
    driver.settle();
    driver.send(window(B, 3, 2, UP, 100));
    driver.settle();
    var scores = driver.scores();
    assertThat((double) at(scores, "site", 120).get("availability_score"))
        .isCloseTo(20.63, within(0.005));
    assertThat(at(scores, "site", 180).get("availability_score")).isEqualTo(100.0);
    assertThat(scores)
        .filteredOn(s -> text(s, "scope_type").equals("device"))
        .as("an hour without a window is not scored")
        .hasSize(4);
  }

  @Test
  void whatComesForAnHourThatHasSettledIsCountedAndPassedOver() {
    for (var hour = 0; hour < 4; hour++) {
      driver.send(window(A, 3, hour, UP, 100));
    }
    driver.settle();
    driver.pass(Duration.ofHours(3));
    driver.send(window(A, 3, 3, PING, 10));
    driver.settle();
    driver.scores();
    driver.send(window(A, 3, 0, PING, 1_000), step("i", A, 3, 30, "opened", "critical"));
    driver.settle();
    assertThat(driver.fold().counts()).containsEntry("late", 2);
    var scores = driver.scores();
    assertThat(scores)
        .extracting(s -> s.get("calculated_at"))
        .as("the incident is open in the hours that have not settled")
        .containsOnly(micros(180), micros(240));
    assertThat(scores).extracting(s -> s.get("active_critical_count")).containsOnly(1);
  }

  @Test
  void aCorrectionOfOneHoursLaterCountsTheOthersAsTheyWere() {
    for (var hour = 0; hour < 3; hour++) {
      driver.send(window(A, 3, hour, UP, 0), window(B, 3, hour, UP, 100));
    }
    driver.settle();
    for (var hour = 3; hour < 8; hour++) {
      driver.pass(Duration.ofHours(1));
      driver.send(window(A, 3, hour, UP, 100), window(B, 3, hour, UP, 100));
      driver.send(window(B, 3, 2, PING, 20 + hour * 30));
      driver.settle();
    }
    driver.scores();
    driver.send(window(B, 3, 2, UP, 99));
    driver.settle();
    // 100 - cbrt((100^3 + 20^3) / 2)
    assertThat((double) at(driver.scores(), "site", 180).get("availability_score"))
        .isCloseTo(20.42, within(0.005));
  }

  @Test
  void whatTheLastHourSaidHoldsUntilTheNextIsOver() {
    driver.send(window(A, 3, 0, UP, 99));
    driver.send(step("i", A, 3, 179, "opened", "critical"));
    driver.send(step("j", A, 3, 181, "opened", "critical"));
    driver.settle();
    var scores = driver.scores();
    assertThat(at(scores, "device", 179).get("availability_score")).isEqualTo(80.0);
    assertThat(at(scores, "device", 181).get("availability_score")).isNull();
  }

  @Test
  void stateStaysAsItIsHoweverLongItRuns() {
    for (var day = 0; day < 3; day++) {
      for (var hour = day * 24; hour < day * 24 + 24; hour++) {
        driver.send(window(A, 3, hour, UP, 100), path(A, B, 3, hour, "latency_ms", 10));
        driver.send(step("i" + hour, A, 3, hour * 60, "opened", "critical"));
        driver.send(step("i" + hour, A, 3, hour * 60 + 1, "closed", "critical"));
        driver.pass(Duration.ofHours(1));
      }
    }
    assertThat(sizes())
        .containsEntry("entities", 2)
        .containsEntry("groups", 1)
        .containsEntry("members", 2)
        .containsEntry("all", 1)
        .containsEntry("all-members", 1)
        .hasEntrySatisfying("hours", hours -> assertThat(hours).isLessThanOrEqualTo(2 * 5));
    driver.settle();
    driver.pass(Duration.ofDays(9));
    assertThat(sizes().values()).as("all is forgotten").containsOnly(0);
  }

  /** As after an outage, or a reset: more hours at once than are kept. */
  @Test
  void everyHourOfALongBacklogIsScored() {
    try (var late = new ScoreDriver(MIDNIGHT.plus(Duration.ofDays(20)))) {
      for (var hour = 0; hour < 400; hour++) {
        late.send(window(A, 3, hour, UP, 100));
      }
      late.pass(Duration.ofMinutes(1));
      late.pass(Duration.ofMinutes(1));
      late.pass(Duration.ofMinutes(1));
      var scores = late.scores();
      for (var scope : List.of("device", "site", "network")) {
        assertThat(scores.stream().filter(s -> text(s, "scope_type").equals(scope)))
            .extracting(s -> s.get("calculated_at"))
            .as(scope)
            .hasSize(400)
            .doesNotHaveDuplicates();
      }
    }
  }

  private Map<String, Integer> sizes() {
    var sizes = new TreeMap<String, Integer>();
    for (var store : List.of("entities", "hours", "groups", "members", "all", "all-members")) {
      sizes.put(store, Restorer.size(driver.fold().store("network.health-scores-" + store)));
    }
    return sizes;
  }

  @Test
  void aScopeThatIsForgottenBeginsAnew() {
    driver.send(window(A, 3, 0, UP, 0), step("i", A, 3, 61, "opened", "critical"));
    driver.settle();
    driver.scores();
    driver.pass(Duration.ofDays(9));
    driver.send(window(A, 3, 1, UP, 100));
    driver.settle();
    var scores = driver.scores();
    for (var scope : List.of("device", "site", "network")) {
      assertThat(of(scores, scope).get("overall_score")).isEqualTo(100.0);
      assertThat(of(scores, scope).get("trend_1h")).isNull();
      assertThat(of(scores, scope).get("active_anomaly_count")).isEqualTo(0);
    }
  }

  @Test
  void anIncidentThatIsNeverClosedIsNotCountedForEver() {
    driver.send(window(A, 3, 0, UP, 100), step("i", A, 3, 61, "opened", "critical"));
    driver.send(window(A, 3, 1, UP, 100));
    driver.settle();
    assertThat(at(driver.scores(), "device", 120).get("active_critical_count")).isEqualTo(1);
    var week = 7 * 24 + 1;
    driver.pass(Duration.ofDays(7));
    driver.send(window(A, 3, week, UP, 100));
    driver.settle();
    assertThat(of(driver.scores(), "device").get("active_critical_count")).isEqualTo(0);
  }

  @Test
  void theEndOfAnHourIsNotScoredBeforeItHasCome() {
    try (var early = new ScoreDriver(MIDNIGHT.plus(Duration.ofMinutes(40)))) {
      early.send(window(A, 3, 0, UP, 100));
      early.pass(Duration.ofMinutes(19));
      assertThat(early.scores()).isEmpty();
      early.pass(Duration.ofMinutes(2));
      assertThat(early.scores()).hasSize(1);
    }
  }

  @Test
  void whatIsFarAheadOrCannotBeDecodedStopsNothing() {
    for (var type :
        List.of(
            NetworkRecords.WINDOWS_1H,
            NetworkRecords.AVAILABILITY_METRICS,
            InsightRecords.ANOMALIES)) {
      driver.fold().sendBytes(type, new byte[] {1}, new byte[] {1, 2, 3});
      driver.fold().sendBytes(type, new byte[] {1}, null);
    }
    for (var time : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, micros(60 * 24 * 400)}) {
      for (var message :
          List.of(
              window(A, 3, 0, UP, 0),
              ping(A, 3, 0, "down"),
              step("i", A, 3, 0, "opened", "info"))) {
        var fields = Stream.of("stat_hour", "recorded_at", "updated_at");
        fields
            .filter(field -> message.record().getSchema().getField(field) != null)
            .forEach(field -> message.record().put(field, time));
        driver.send(message);
      }
    }
    driver.send(window(A, 3, 0, UP, 100));
    driver.settle();
    assertThat(at(driver.scores(), "device", 60).get("availability_score")).isEqualTo(100.0);
    assertThat(driver.fold().counts()).containsEntry("ahead", 5).containsEntry("folded", 1);
  }
}
