package dev.millrace.aggregate;

import static dev.millrace.aggregate.ScoredNetwork.MIDNIGHT;
import static dev.millrace.aggregate.ScoredNetwork.incident;
import static dev.millrace.aggregate.ScoredNetwork.micros;
import static dev.millrace.aggregate.ScoredNetwork.path;
import static dev.millrace.aggregate.ScoredNetwork.pathStep;
import static dev.millrace.aggregate.ScoredNetwork.ping;
import static dev.millrace.aggregate.ScoredNetwork.step;
import static dev.millrace.aggregate.ScoredNetwork.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.ScoredNetwork.Message;
import dev.millrace.aggregate.series.Restorer;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health scores of devices, paths, sites and the network, through the whole topology. */
class ScoreTopologyTest {
  private static final String A = "10.0.0.1";
  private static final String B = "10.0.0.2";
  private static final Instant NOW = MIDNIGHT.plus(Duration.ofDays(2));
  private static final String PING = "ping_latency_ms";
  private static final String UP = "availability_pct";

  private final FoldDriver driver = new FoldDriver(NOW, Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void theHourOfADeviceIsScoredOnceWithItsSiteAndTheNetwork() {
    send(window(A, 3, 0, UP, 99), window(A, 3, 0, PING, 100));
    settle();

    var scores = scores();
    assertThat(scores)
        .extracting(s -> text(s, "scope_type"))
        .containsExactlyInAnyOrder("device", "site", "network");
    var device = of(scores, "device");
    assertThat(device.get("calculated_at")).isEqualTo(micros(60));
    assertThat(text(device, "device_ip")).isEqualTo(A);
    assertThat(device.get("site_id")).isEqualTo(3);
    assertThat(device.get("netbox_device_id")).isEqualTo(7);
    assertThat(device.get("availability_score")).isEqualTo(80.0);
    assertThat(device.get("latency_health")).isEqualTo(75.0);
    // Weights 3 and 1: 100 - cbrt((3 * 20^3 + 25^3) / 4), and the ceiling of 160 is none.
    assertThat((double) device.get("overall_score")).isCloseTo(78.52, within(0.005));
    for (var unknown :
        List.of(
            "performance_score",
            "error_score",
            "capacity_score",
            "optical_health",
            "throughput_health",
            "trend_1h",
            "trend_24h",
            "trend_7d",
            "path_id")) {
      assertThat(device.get(unknown)).as(unknown).isNull();
    }
    assertThat(device.get("active_anomaly_count")).isEqualTo(0);

    var site = of(scores, "site");
    assertThat(site.get("site_id")).isEqualTo(3);
    assertThat(site.get("device_ip")).isNull();
    assertThat(site.get("overall_score")).isEqualTo(device.get("overall_score"));
    var network = of(scores, "network");
    assertThat(network.get("site_id")).isNull();
    assertThat(network.get("calculated_at")).isEqualTo(micros(60));
    assertThat(network.get("latency_health")).isEqualTo(75.0);

    driver.pass(Duration.ofMinutes(5));
    assertThat(scores()).as("published again only when it changes").isEmpty();
  }

  @Test
  void aPathIsScoredByItself() {
    send(
        path(A, B, 3, 0, "packet_loss_pct", 1),
        path(A, B, 3, 0, "latency_ms", 200),
        path(A, B, 3, 0, "hop_count", 9));
    settle();
    var path = of(scores(), "path");
    assertThat(text(path, "path_id")).isEqualTo("10.0.0.1->10.0.0.2");
    assertThat(path.get("device_ip")).as("who joins by device finds devices").isNull();
    assertThat(path.get("site_id")).isEqualTo(3);
    assertThat(path.get("availability_score")).isEqualTo(96.0);
    assertThat(path.get("error_score")).isEqualTo(75.0);
    assertThat(path.get("latency_health")).isEqualTo(70.0);
    assertThat(path.get("performance_score")).isNull();
  }

  @Test
  void metricsThatAreNotScoredMakeNoScore() {
    send(window(A, 3, 0, "temperature_celsius", 40), ping(A, 3, 30, "up"), ping(A, 3, 31, null));
    settle();
    assertThat(scores()).isEmpty();
  }

  @Test
  void anIncidentIsCountedFromItsOpeningToItsClosing() {
    send(window(A, 3, 0, UP, 100));
    settle();
    assertThat(of(scores(), "device").get("overall_score")).isEqualTo(100.0);

    send(step("i", A, 3, 65, "opened", "warning"));
    settle();
    var opened = scores();
    for (var scope : List.of("device", "site", "network")) {
      assertThat(of(opened, scope).get("calculated_at")).isEqualTo(micros(65));
      assertThat(of(opened, scope).get("active_anomaly_count")).isEqualTo(1);
      assertThat(of(opened, scope).get("active_warning_count")).isEqualTo(1);
      assertThat(of(opened, scope).get("active_critical_count")).isEqualTo(0);
      // 100 * (1 - 0.4 * (1 - exp(-0.15)))
      assertThat((double) of(opened, scope).get("overall_score")).isCloseTo(94.43, within(0.005));
    }

    send(step("i", A, 3, 66, "updated", "warning"));
    settle();
    assertThat(scores()).as("nothing has opened, closed or become graver").isEmpty();

    var graver = step("i", A, 3, 67, "updated", "critical");
    graver.record().put("revision", 2);
    send(graver);
    settle();
    var critical = of(scores(), "site");
    assertThat(critical.get("active_critical_count")).isEqualTo(1);
    assertThat(critical.get("active_warning_count")).isEqualTo(0);

    var closing = step("i", A, 3, 70, "closed", "critical");
    closing.record().put("revision", 3);
    send(closing);
    settle();
    var closed = scores();
    for (var scope : List.of("device", "site", "network")) {
      assertThat(of(closed, scope).get("calculated_at")).isEqualTo(micros(70));
      assertThat(of(closed, scope).get("active_anomaly_count")).isEqualTo(0);
      assertThat(of(closed, scope).get("overall_score")).isEqualTo(100.0);
    }
  }

  @Test
  void anIncidentOfAPathIsThePathsAndOneOfAnotherDomainIsNobodys() {
    send(path(A, B, 3, 0, "latency_ms", 10), window(A, 3, 0, UP, 100));
    settle();
    scores();
    send(
        pathStep("p", A, B, 3, 61, "opened"),
        incident("s", "station", Map.of("station_key", "S"), null, null, 61, "opened", "critical"));
    settle();
    assertThat(scores())
        .extracting(s -> text(s, "scope_type"))
        .containsExactlyInAnyOrder("path", "site", "network");
  }

  @Test
  void aBurstOfIncidentsMakesOneScoreAScope() {
    send(window(A, 3, 0, UP, 100), window(B, 3, 0, UP, 100));
    settle();
    scores();
    driver.pass(Duration.ofMillis(700));
    for (var i = 0; i < 100; i++) {
      send(step("i" + i, i % 2 == 0 ? A : B, 3, 61 + i / 1_000.0, "opened", "critical"));
      driver.pass(Duration.ofMillis(9)); // a look around falls in between
    }
    settle();
    var scores = scores();
    assertThat(scores)
        .extracting(s -> text(s, "scope_type") + s.get("active_critical_count"))
        .containsExactlyInAnyOrder("device50", "device50", "site100", "network100");
    assertThat(of(scores, "network").get("calculated_at")).isEqualTo(micros(61.099));
  }

  @Test
  void aDeviceThatIsDownRightNowIsNotHealthyWhateverItsHourWas() {
    send(window(A, 3, 0, UP, 100), window(A, 3, 0, PING, 1));
    send(ping(A, 3, 61, "up"), ping(A, 3, 62, "timeout"));
    send(step("i", A, 3, 62.5, "opened", "critical"));
    settle();
    assertThat(at(scores(), "device", 62.5).get("availability_score"))
        .as("one lost ping is no outage")
        .isEqualTo(100.0);

    send(ping(A, 3, 63, "down"), step("j", A, 3, 63.1, "opened", "critical"));
    settle();
    var down = at(scores(), "device", 63.1);
    assertThat(down.get("availability_score")).isEqualTo(0.0);
    assertThat(down.get("latency_health")).isEqualTo(100.0);
    assertThat(down.get("overall_score")).isEqualTo(0.0);

    send(ping(A, 3, 64, "up"), step("j", A, 3, 64.1, "closed", "critical"));
    settle();
    assertThat(at(scores(), "device", 64.1).get("availability_score")).isEqualTo(100.0);
  }

  /** The two of the brief: one dead device must be visible, half of them dramatic. */
  @Test
  void theDeadAmongManyAreSeenInTheSiteAndTheNetwork() {
    for (var device = 0; device < 200; device++) {
      send(window("10.1.0." + device, 3, 0, UP, device == 0 ? 0 : 100));
      send(window("10.1.0." + device, 3, 1, UP, device < 100 ? 0 : 100));
    }
    settle();
    var scores = scores();
    assertThat((double) at(scores, "site", 60).get("overall_score"))
        .isCloseTo(82.90, within(0.005));
    assertThat((double) at(scores, "site", 120).get("overall_score"))
        .isCloseTo(20.63, within(0.005));
    assertThat((double) at(scores, "site", 120).get("availability_score"))
        .isCloseTo(20.63, within(0.005));
    assertThat((double) at(scores, "site", 120).get("trend_1h")).isCloseTo(-62.27, within(0.005));
    assertThat(at(scores, "network", 120).get("overall_score"))
        .isEqualTo(at(scores, "site", 120).get("overall_score"));
  }

  /** 100 - cbrt of a mean of cubes: sites merge to the network as if all were one site. */
  @Test
  void theNetworkIsMadeOfAllDevicesWhateverTheirSites() {
    send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100), window("10.0.0.3", 4, 0, UP, 99));
    send(window("10.0.0.4", null, 0, UP, 95));
    settle();
    var scores = scores();
    assertThat(scores.stream().filter(s -> text(s, "scope_type").equals("site")).toList())
        .extracting(s -> s.get("site_id"))
        .as("who is in no site makes none")
        .containsExactlyInAnyOrder(3, 4);
    var cubes = (Math.pow(100, 3) + 0 + Math.pow(20, 3) + Math.pow(45, 3)) / 4;
    assertThat((double) of(scores, "network").get("availability_score"))
        .isCloseTo(100 - Math.cbrt(cubes), within(0.005));
  }

  @Test
  void aLateWindowAndARevisionReplaceTheScoreOfTheirHour() {
    send(window(A, 3, 0, UP, 100));
    settle();
    send(window(A, 3, 1, UP, 100));
    settle();
    scores();

    var revised = window(A, 3, 0, UP, 90);
    revised.record().put("revision", 1);
    send(revised, window(A, 3, 0, PING, 300));
    settle();
    var scores = scores();
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
  void interfacesOfADeviceCountEachAndTheWorstMost() {
    for (var port = 1; port <= 8; port++) {
      send(window(A, 3, "port" + port, 0, "error_rate_ppm", port == 1 ? 100_000 : 0));
      send(window(A, 3, "port" + port, 0, "rx_utilization_pct", 80));
    }
    settle();
    var device = of(scores(), "device");
    assertThat(device.get("error_score")).isEqualTo(50.0); // 100 - cbrt(100^3 / 8)
    assertThat(device.get("capacity_score")).isEqualTo(70.0);
    assertThat(device.get("throughput_health")).isEqualTo(100.0);
  }

  @Test
  void aSilentMemberCountsForAnHourMoreAndNotForGood() {
    send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100));
    settle();
    send(window(B, 3, 1, UP, 100));
    settle();
    send(window(B, 3, 2, UP, 100));
    settle();
    var scores = scores();
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
      send(window(A, 3, hour, UP, 100));
    }
    settle();
    driver.pass(Duration.ofHours(3));
    send(window(A, 3, 3, PING, 10));
    settle();
    scores();
    send(window(A, 3, 0, PING, 1_000), step("i", A, 3, 30, "opened", "critical"));
    settle();
    assertThat(driver.counts()).containsEntry("late", 2);
    var scores = scores();
    assertThat(scores)
        .extracting(s -> s.get("calculated_at"))
        .as("the incident is open in the hours that have not settled")
        .containsOnly(micros(180), micros(240));
    assertThat(scores).extracting(s -> s.get("active_critical_count")).containsOnly(1);
  }

  @Test
  void aCorrectionOfOneHoursLaterCountsTheOthersAsTheyWere() {
    send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100));
    settle();
    for (var hour = 1; hour < 6; hour++) {
      driver.pass(Duration.ofHours(1));
      send(window(A, 3, hour, UP, 100), window(B, 3, hour, UP, 100));
      send(window(B, 3, 0, PING, 20 + hour * 30));
      settle();
    }
    scores();
    send(window(B, 3, 0, UP, 99));
    settle();
    // 100 - cbrt((100^3 + 20^3) / 2)
    assertThat((double) at(scores(), "site", 60).get("availability_score"))
        .isCloseTo(20.42, within(0.005));
  }

  @Test
  void stateStaysAsItIsHoweverLongItRuns() {
    for (var day = 0; day < 3; day++) {
      for (var hour = day * 24; hour < day * 24 + 24; hour++) {
        send(window(A, 3, hour, UP, 100), path(A, B, 3, hour, "latency_ms", 10));
        send(step("i" + hour, A, 3, hour * 60, "opened", "critical"));
        send(step("i" + hour, A, 3, hour * 60 + 1, "closed", "critical"));
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
    settle();
    driver.pass(Duration.ofDays(9));
    assertThat(sizes().values()).as("all is forgotten").containsOnly(0);
  }

  /** As after an outage, or a reset: more hours at once than are kept. */
  @Test
  void everyHourOfALongBacklogIsScored() {
    try (var late = new FoldDriver(MIDNIGHT.plus(Duration.ofDays(20)), Map.of())) {
      for (var hour = 0; hour < 400; hour++) {
        window(A, 3, hour, UP, 100).sendTo(late);
      }
      late.pass(Duration.ofMinutes(1));
      late.pass(Duration.ofMinutes(1));
      late.pass(Duration.ofMinutes(1));
      var scores = late.read(InsightRecords.HEALTH_SCORES);
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
      sizes.put(store, Restorer.size(driver.store("network.health-scores-" + store)));
    }
    return sizes;
  }

  @Test
  void aScopeThatIsForgottenBeginsAnew() {
    send(window(A, 3, 0, UP, 0), step("i", A, 3, 61, "opened", "critical"));
    settle();
    scores();
    driver.pass(Duration.ofDays(9));
    send(window(A, 3, 1, UP, 100));
    settle();
    var scores = scores();
    for (var scope : List.of("device", "site", "network")) {
      assertThat(of(scores, scope).get("overall_score")).isEqualTo(100.0);
      assertThat(of(scores, scope).get("trend_1h")).isNull();
      assertThat(of(scores, scope).get("active_anomaly_count")).isEqualTo(0);
    }
  }

  @Test
  void anIncidentThatIsNeverClosedIsNotCountedForEver() {
    send(window(A, 3, 0, UP, 100), step("i", A, 3, 61, "opened", "critical"));
    send(window(A, 3, 1, UP, 100));
    settle();
    assertThat(at(scores(), "device", 120).get("active_critical_count")).isEqualTo(1);
    var week = 7 * 24 + 1;
    driver.pass(Duration.ofDays(7));
    send(window(A, 3, week, UP, 100));
    settle();
    assertThat(of(scores(), "device").get("active_critical_count")).isEqualTo(0);
  }

  @Test
  void aClosingWithoutAnOpeningIsAMomentOfItsOwnAndCountsNothing() {
    send(window(A, 3, 0, UP, 100));
    settle();
    scores();
    send(step("i", A, 3, 65, "closed", "critical"));
    settle();
    var device = of(scores(), "device");
    assertThat(device.get("calculated_at")).isEqualTo(micros(65));
    assertThat(device.get("active_anomaly_count")).isEqualTo(0);
    assertThat(device.get("overall_score")).isEqualTo(100.0);
  }

  @Test
  void ofWhomOnlyAnIncidentIsKnownItIsTheScore() {
    send(step("i", A, 3, 65, "opened", "critical"));
    settle();
    var device = of(scores(), "device");
    // 100 * (1 - 0.4 * (1 - exp(-0.5)))
    assertThat((double) device.get("overall_score")).isCloseTo(84.26, within(0.005));
    assertThat(device.get("availability_score")).isNull();
    send(step("i", A, 3, 66, "closed", "critical"));
    settle();
    assertThat(of(scores(), "device").get("overall_score")).as("nothing is known").isNull();
  }

  @Test
  void aDeviceThatMovesLeavesItsSite() {
    send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100));
    settle();
    scores();
    send(window(A, 4, 1, UP, 0), window(B, 3, 1, UP, 100));
    settle();
    var scores = scores();
    assertThat(
            scores.stream()
                .filter(s -> s.get("calculated_at").equals(micros(120)))
                .filter(s -> text(s, "scope_type").equals("site"))
                .toList())
        .extracting(s -> s.get("site_id") + " " + s.get("availability_score"))
        .contains("3 100.0", "4 0.0");
  }

  @Test
  void theEndOfAnHourIsNotScoredBeforeItHasCome() {
    var early = new FoldDriver(MIDNIGHT.plus(Duration.ofMinutes(40)), Map.of());
    try (early) {
      window(A, 3, 0, UP, 100).sendTo(early);
      early.pass(Duration.ofMinutes(19));
      assertThat(early.read(InsightRecords.HEALTH_SCORES)).isEmpty();
      early.pass(Duration.ofMinutes(2));
      assertThat(early.read(InsightRecords.HEALTH_SCORES)).hasSize(1);
    }
  }

  @Test
  void whatIsFarAheadOrCannotBeDecodedStopsNothing() {
    for (var type :
        List.of(
            NetworkRecords.WINDOWS_1H,
            NetworkRecords.AVAILABILITY_METRICS,
            InsightRecords.ANOMALIES)) {
      driver.sendBytes(type, new byte[] {1}, new byte[] {1, 2, 3});
      driver.sendBytes(type, new byte[] {1}, null);
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
        send(message);
      }
    }
    send(window(A, 3, 0, UP, 100));
    settle();
    assertThat(at(scores(), "device", 60).get("availability_score")).isEqualTo(100.0);
    assertThat(driver.counts()).containsEntry("ahead", 5).containsEntry("folded", 1);
  }

  private void send(Message... messages) {
    for (var message : messages) {
      message.sendTo(driver);
    }
  }

  /** As long as it takes from a window to the score of the network. */
  private void settle() {
    for (var second = 0; second < 40; second++) {
      driver.pass(Duration.ofSeconds(1));
    }
  }

  private List<GenericRecord> scores() {
    return driver.read(InsightRecords.HEALTH_SCORES);
  }

  private static GenericRecord of(List<GenericRecord> scores, String scope) {
    return scores.stream()
        .filter(s -> text(s, "scope_type").equals(scope))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + scope + " in " + scores));
  }

  /** The last that was published of a scope and minute. */
  private static GenericRecord at(List<GenericRecord> scores, String scope, double minute) {
    return scores.stream()
        .filter(s -> text(s, "scope_type").equals(scope))
        .filter(s -> s.get("calculated_at").equals(micros(minute)))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError("no " + scope + " at " + minute + " in " + scores));
  }

  private static String text(GenericRecord score, String field) {
    return String.valueOf(score.get(field));
  }
}
