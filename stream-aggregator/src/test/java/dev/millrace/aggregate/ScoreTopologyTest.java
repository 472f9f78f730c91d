package dev.millrace.aggregate;

import static dev.millrace.aggregate.ScoreDriver.at;
import static dev.millrace.aggregate.ScoreDriver.of;
import static dev.millrace.aggregate.ScoreDriver.text;
import static dev.millrace.aggregate.ScoredNetwork.incident;
import static dev.millrace.aggregate.ScoredNetwork.micros;
import static dev.millrace.aggregate.ScoredNetwork.path;
import static dev.millrace.aggregate.ScoredNetwork.pathStep;
import static dev.millrace.aggregate.ScoredNetwork.ping;
import static dev.millrace.aggregate.ScoredNetwork.step;
import static dev.millrace.aggregate.ScoredNetwork.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health scores of devices, paths, sites and the network: what they are made of. */
class ScoreTopologyTest {
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
  void theHourOfADeviceIsScoredOnceWithItsSiteAndTheNetwork() {
    driver.send(window(A, 3, 0, UP, 99), window(A, 3, 0, PING, 100));
    driver.settle();

    var scores = driver.scores();
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
    assertThat(driver.scores()).as("published again only when it changes").isEmpty();
  }

  /** From what pollers publish: the fold makes the windows, and enriches the pings. */
  @Test
  void readingsOfADeviceBecomeItsScore() {
    for (var minute = 0; minute <= 61; minute++) {
      var reading = ping(A, 3, minute, minute == 10 ? "timeout" : "up").record();
      reading.put("ping_latency_ms", 50.0);
      driver.send(new ScoredNetwork.Message(NetworkRecords.AVAILABILITY_READINGS, reading));
    }
    driver.settle();
    var device = of(driver.scores(), "device");
    assertThat(device.get("calculated_at")).isEqualTo(micros(60));
    assertThat(device.get("site_id")).isEqualTo(3);
    assertThat((double) device.get("availability_score"))
        .as("one minute of sixty")
        .isCloseTo(75.83, within(0.005));
    assertThat(device.get("latency_health")).isEqualTo(90.0);
  }

  @Test
  void aPathIsScoredByItself() {
    driver.send(
        path(A, B, 3, 0, "packet_loss_pct", 1),
        path(A, B, 3, 0, "latency_ms", 200),
        path(A, B, 3, 0, "hop_count", 9));
    driver.settle();
    var path = of(driver.scores(), "path");
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
    driver.send(
        window(A, 3, 0, "temperature_celsius", 40), ping(A, 3, 30, "up"), ping(A, 3, 31, null));
    driver.settle();
    assertThat(driver.scores()).isEmpty();
  }

  @Test
  void anIncidentIsCountedFromItsOpeningToItsClosing() {
    driver.send(window(A, 3, 0, UP, 100));
    driver.settle();
    assertThat(of(driver.scores(), "device").get("overall_score")).isEqualTo(100.0);

    driver.send(step("i", A, 3, 65, "opened", "warning"));
    driver.settle();
    var opened = driver.scores();
    for (var scope : List.of("device", "site", "network")) {
      assertThat(of(opened, scope).get("calculated_at")).isEqualTo(micros(65));
      assertThat(of(opened, scope).get("active_anomaly_count")).isEqualTo(1);
      assertThat(of(opened, scope).get("active_warning_count")).isEqualTo(1);
      assertThat(of(opened, scope).get("active_critical_count")).isEqualTo(0);
      // 100 * (1 - 0.4 * (1 - exp(-0.15)))
      assertThat((double) of(opened, scope).get("overall_score")).isCloseTo(94.43, within(0.005));
    }

    driver.send(step("i", A, 3, 66, "updated", "warning"));
    driver.settle();
    assertThat(driver.scores()).as("nothing has opened, closed or become graver").isEmpty();

    var graver = step("i", A, 3, 67, "updated", "critical");
    graver.record().put("revision", 2);
    driver.send(graver);
    driver.settle();
    var critical = of(driver.scores(), "site");
    assertThat(critical.get("active_critical_count")).isEqualTo(1);
    assertThat(critical.get("active_warning_count")).isEqualTo(0);

    var closing = step("i", A, 3, 70, "closed", "critical");
    closing.record().put("revision", 3);
    driver.send(closing);
    driver.settle();
    var closed = driver.scores();
    for (var scope : List.of("device", "site", "network")) {
      assertThat(of(closed, scope).get("calculated_at")).isEqualTo(micros(70));
      assertThat(of(closed, scope).get("active_anomaly_count")).isEqualTo(0);
      assertThat(of(closed, scope).get("overall_score")).isEqualTo(100.0);
    }
  }

  @Test
  void anIncidentOfAPathIsThePathsAndOneOfAnotherDomainIsNobodys() {
    driver.send(path(A, B, 3, 0, "latency_ms", 10), window(A, 3, 0, UP, 100));
    driver.settle();
    driver.scores();
    driver.send(
        pathStep("p", A, B, 3, 61, "opened"),
        incident("s", "station", Map.of("station_key", "S"), null, null, 61, "opened", "critical"));
    driver.settle();
    assertThat(driver.scores())
        .extracting(s -> text(s, "scope_type"))
        .containsExactlyInAnyOrder("path", "site", "network");
  }

  @Test
  void aBurstOfIncidentsMakesOneScoreAScope() {
    driver.send(window(A, 3, 0, UP, 100), window(B, 3, 0, UP, 100));
    driver.settle();
    driver.scores();
    driver.pass(Duration.ofMillis(700));
    for (var i = 0; i < 100; i++) {
      driver.send(step("i" + i, i % 2 == 0 ? A : B, 3, 61 + i / 1_000.0, "opened", "critical"));
      driver.pass(Duration.ofMillis(9)); // a look around falls in between
    }
    driver.settle();
    var scores = driver.scores();
    assertThat(scores)
        .extracting(s -> text(s, "scope_type") + s.get("active_critical_count"))
        .containsExactlyInAnyOrder("device50", "device50", "site100", "network100");
    assertThat(of(scores, "network").get("calculated_at")).isEqualTo(micros(61.099));
  }

  @Test
  void aDeviceThatIsDownRightNowIsNotHealthyWhateverItsHourWas() {
    driver.send(window(A, 3, 0, UP, 100), window(A, 3, 0, PING, 1));
    driver.send(ping(A, 3, 61, "up"), ping(A, 3, 62, "timeout"));
    driver.send(step("i", A, 3, 62.5, "opened", "critical"));
    driver.settle();
    assertThat(at(driver.scores(), "device", 62.5).get("availability_score"))
        .as("one lost ping is no outage")
        .isEqualTo(100.0);

    driver.send(ping(A, 3, 63, "down"), step("j", A, 3, 63.1, "opened", "critical"));
    driver.settle();
    var down = at(driver.scores(), "device", 63.1);
    assertThat(down.get("availability_score")).isEqualTo(0.0);
    assertThat(down.get("latency_health")).isEqualTo(100.0);
    assertThat(down.get("overall_score")).isEqualTo(0.0);

    driver.send(ping(A, 3, 64, "up"), step("j", A, 3, 64.1, "closed", "critical"));
    driver.settle();
    assertThat(at(driver.scores(), "device", 64.1).get("availability_score")).isEqualTo(100.0);
  }

  /** The two of the brief: one dead device must be visible, half of them dramatic. */
  @Test
  void theDeadAmongManyAreSeenInTheSiteAndTheNetwork() {
    for (var device = 0; device < 200; device++) {
      driver.send(window("10.1.0." + device, 3, 0, UP, device == 0 ? 0 : 100));
      driver.send(window("10.1.0." + device, 3, 1, UP, device < 100 ? 0 : 100));
    }
    driver.settle();
    var scores = driver.scores();
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
    driver.send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100), window("10.0.0.3", 4, 0, UP, 99));
    driver.send(window("10.0.0.4", null, 0, UP, 95));
    driver.settle();
    var scores = driver.scores();
    assertThat(scores.stream().filter(s -> text(s, "scope_type").equals("site")).toList())
        .extracting(s -> s.get("site_id"))
        .as("who is in no site makes none")
        .containsExactlyInAnyOrder(3, 4);
    var cubes = (Math.pow(100, 3) + 0 + Math.pow(20, 3) + Math.pow(45, 3)) / 4;
    assertThat((double) of(scores, "network").get("availability_score"))
        .isCloseTo(100 - Math.cbrt(cubes), within(0.005));
  }

  @Test
  void interfacesOfADeviceCountEachAndTheWorstMost() {
    for (var port = 1; port <= 8; port++) {
      driver.send(window(A, 3, "port" + port, 0, "error_rate_ppm", port == 1 ? 100_000 : 0));
      driver.send(window(A, 3, "port" + port, 0, "rx_utilization_pct", 80));
    }
    driver.settle();
    var device = of(driver.scores(), "device");
    assertThat(device.get("error_score")).isEqualTo(50.0); // 100 - cbrt(100^3 / 8)
    assertThat(device.get("capacity_score")).isEqualTo(70.0);
    assertThat(device.get("throughput_health")).isEqualTo(100.0);
  }

  @Test
  void aClosingWithoutAnOpeningIsAMomentOfItsOwnAndCountsNothing() {
    driver.send(window(A, 3, 0, UP, 100));
    driver.settle();
    driver.scores();
    driver.send(step("i", A, 3, 65, "closed", "critical"));
    driver.settle();
    var device = of(driver.scores(), "device");
    assertThat(device.get("calculated_at")).isEqualTo(micros(65));
    assertThat(device.get("active_anomaly_count")).isEqualTo(0);
    assertThat(device.get("overall_score")).isEqualTo(100.0);
  }

  @Test
  void ofWhomOnlyAnIncidentIsKnownItIsTheScore() {
    driver.send(step("i", A, 3, 65, "opened", "critical"));
    driver.settle();
    var device = of(driver.scores(), "device");
    // 100 * (1 - 0.4 * (1 - exp(-0.5)))
    assertThat((double) device.get("overall_score")).isCloseTo(84.26, within(0.005));
    assertThat(device.get("availability_score")).isNull();
    driver.send(step("i", A, 3, 66, "closed", "critical"));
    driver.settle();
    assertThat(of(driver.scores(), "device").get("overall_score")).as("nothing is known").isNull();
  }

  @Test
  void aDeviceThatMovesLeavesItsSite() {
    driver.send(window(A, 3, 0, UP, 0), window(B, 3, 0, UP, 100));
    driver.settle();
    driver.scores();
    driver.send(window(A, 4, 1, UP, 0), window(B, 3, 1, UP, 100));
    driver.settle();
    var scores = driver.scores();
    assertThat(
            scores.stream()
                .filter(s -> s.get("calculated_at").equals(micros(120)))
                .filter(s -> text(s, "scope_type").equals("site"))
                .toList())
        .extracting(s -> s.get("site_id") + " " + s.get("availability_score"))
        .contains("3 100.0", "4 0.0");
  }
}
