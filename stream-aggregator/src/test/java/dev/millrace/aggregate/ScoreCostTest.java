package dev.millrace.aggregate;

import static dev.millrace.aggregate.ScoredNetwork.MIDNIGHT;
import static dev.millrace.aggregate.ScoredNetwork.ping;
import static dev.millrace.aggregate.ScoredNetwork.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.insight.InsightRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What RATIONALE.md says a device costs: bytes of its changelogs, compacted, after two weeks. */
class ScoreCostTest {
  private static final int HOURS = 350;
  private static final List<String> OF_DEVICE =
      List.of("availability_pct", "ping_latency_ms", "cpu_utilization_pct");
  private static final List<String> OF_PORT =
      List.of("error_rate_ppm", "rx_utilization_pct", "tx_utilization_pct", "signal_quality_pct");

  @Test
  void aDeviceCostsAsMuchAsItIsSaidTo() {
    var pinged = kept(0);
    assertThat(pinged.get("entities")).as("who it is and how it was").isBetween(700L, 900L);
    assertThat(pinged.get("hours")).as("three series, four hours").isBetween(150L, 300L);
    assertThat(pinged.get("members")).as("its tallies").isBetween(300L, 500L);
    var ofPorts = kept(48);
    assertThat(ofPorts.get("entities")).isBetween(700L, 900L);
    assertThat(ofPorts.get("hours")).as("288 series, four hours").isBetween(14_000L, 18_000L);
    assertThat(ofPorts.get("members")).isBetween(600L, 900L);
    assertThat(ofPorts.get("all-members")).as("of a site").isBetween(600L, 900L);
  }

  private static Map<String, Long> kept(int ports) {
    try (var driver = new FoldDriver(MIDNIGHT, Map.of())) {
      for (var hour = 0; hour < HOURS; hour++) {
        driver.pass(Duration.ofHours(1));
        ping("10.0.0.1", 3, hour * 60, "up").sendTo(driver);
        for (var metric : OF_DEVICE) {
          window("10.0.0.1", 3, hour, metric, 50).sendTo(driver);
        }
        for (var port = 0; hour >= HOURS - 6 && port < ports; port++) {
          for (var metric : OF_PORT) {
            window("10.0.0.1", 3, "port" + port, hour, metric, port + hour / 10.0).sendTo(driver);
          }
        }
      }
      driver.pass(Duration.ofMinutes(1));
      var kept = new HashMap<String, Long>();
      Stream.of("entities", "hours", "groups", "members", "all", "all-members")
          .forEach(store -> kept.put(store, kept(driver, store)));
      return kept;
    }
  }

  private static long kept(FoldDriver driver, String store) {
    var topic = "test-%s-%s-changelog".formatted(InsightRecords.HEALTH_SCORES.topic(), store);
    var latest = new HashMap<String, Long>();
    for (var record : driver.readRaw(topic)) {
      var key = new String(record.key(), StandardCharsets.ISO_8859_1);
      if (record.value() == null) {
        latest.remove(key);
      } else {
        latest.put(key, (long) record.key().length + record.value().length);
      }
    }
    return latest.values().stream().mapToLong(bytes -> bytes).sum();
  }
}
