package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Residual;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** From residuals to correlations: of the series of a device, and of the devices of a site. */
class CorrelationTopologyTest {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(30));
  private static final int DAY = 288;
  private static final List<String> STORES =
      List.of("network.metric-correlations-members", "network.metric-correlations-groups");

  @Test
  void twoMetricsOfADeviceThatMoveTogetherAreOneRow() {
    try (var driver = driver()) {
      play(driver, 0, 5 * DAY, 7, 8);
      var rows = correlations(driver);
      assertThat(rows)
          .as("devices of two sites are not compared")
          .noneMatch(row -> row.get("metric_a_scope_type").toString().equals("device"));
      var found = ofInterfaces(rows);
      assertThat(found).hasSize(2);
      assertThat(found.values()).allMatch(days -> days.size() >= 2);
      var first = found.get("bias_current 10.0.0.1 port1 rx_power 10.0.0.1 port1").get(0);
      assertThat(first.get("metric_a_scope_type")).hasToString("interface");
      assertThat((Double) first.get("correlation_coefficient")).isBetween(0.6, 0.9);
      assertThat(first.get("correlation_type")).hasToString("positive");
      assertThat(first.get("is_active")).isEqualTo(true);
    }
  }

  @Test
  void devicesOfASiteAreComparedByMetricAndWhatIsSilentForAWeekIsGivenUp() {
    try (var driver = driver()) {
      play(driver, 0, 5 * DAY, 7, 7);
      var rows = correlations(driver);
      assertThat(rows).allMatch(row -> (Boolean) row.get("is_active"));
      var across =
          rows.stream()
              .filter(row -> row.get("metric_a_scope_type").toString().equals("device"))
              .toList();
      assertThat(across)
          .isNotEmpty()
          .allMatch(row -> row.get("metric_a_interface") == null)
          .allMatch(row -> row.get("metric_a_device_ip").toString().equals("10.0.0.1"))
          .allMatch(row -> row.get("metric_b_device_ip").toString().equals("10.0.0.2"));
      assertThat(across)
          .extracting(row -> row.get("metric_b_name").toString())
          .contains("rx_power");

      driver.pass(Duration.ofDays(7).plusHours(2));
      var given = correlations(driver);
      assertThat(given).hasSizeGreaterThan(2).noneMatch(row -> (Boolean) row.get("is_active"));
      driver.pass(Duration.ofDays(8));
      assertThat(correlations(driver)).isEmpty();
    }
  }

  @Test
  void aTaskThatIsTakenUpElsewhereGoesOnAsIfNothingHadBeen() {
    var quiet = new ArrayList<GenericRecord>();
    try (var driver = driver()) {
      play(driver, 0, 5 * DAY, 7, 7);
      quiet.addAll(correlations(driver));
    }
    var published = new ArrayList<GenericRecord>();
    var registry = new FakeRegistry();
    var changelogs = new Changelogs(STORES);
    var from = 0;
    for (var to : List.of(1, 700, 1_150, 5 * DAY)) {
      try (var driver = new FoldDriver(NOW, Map.of(), registry)) {
        changelogs.restore(driver);
        play(driver, from, to, 7, 7);
        changelogs.take(driver);
        published.addAll(correlations(driver));
      }
      from = to;
    }
    assertThat(published).isEqualTo(quiet).isNotEmpty();
  }

  @Test
  void whatHasNoDeviceOrCannotBeDecodedIsLeftOut() {
    try (var driver = driver()) {
      var residual = ResidualRecord.of("asset", "", "speed", START, 1);
      residual.setDeviceIp(null);
      driver.send(InsightRecords.RESIDUALS, residual);
      driver.sendBytes(InsightRecords.RESIDUALS, new byte[] {1}, new byte[] {9, 9, 9});
      driver.sendBytes(InsightRecords.RESIDUALS, new byte[] {1}, null);
      assertThat(driver.readRaw("test-" + STORES.get(0) + "-changelog")).isEmpty();
      play(driver, 0, 1, 7, 7);
      assertThat(driver.readRaw("test-" + STORES.get(0) + "-changelog")).isNotEmpty();
    }
  }

  private static FoldDriver driver() {
    return new FoldDriver(NOW, Map.of());
  }

  /**
   * Two devices, of each two metrics, which all have something in common; where they are is known
   * of once an hour.
   */
  private static void play(FoldDriver driver, int from, int to, int site, int otherSite) {
    for (var step = from; step < to; step++) {
      var random = new Random(step);
      var common = random.nextGaussian();
      send(driver, residual("10.0.0.1", "rx_power", step, common, random), site);
      send(driver, residual("10.0.0.1", "bias_current", step, common, random), site);
      send(driver, residual("10.0.0.2", "rx_power", step, common, random), otherSite);
      send(driver, residual("10.0.0.2", "bias_current", step, common, random), otherSite);
    }
  }

  private static Residual residual(
      String device, String metric, int step, double common, Random random) {
    var value = common + 0.6 * random.nextGaussian();
    return ResidualRecord.of(device, "port1", metric, START.plusSeconds(step * 300L), value);
  }

  private static void send(FoldDriver driver, Residual residual, int site) {
    var told = residual.getWindowBegin().getEpochSecond() % 3_600 == 0;
    residual.setSiteId(told ? (Integer) site : null);
    driver.send(InsightRecords.RESIDUALS, residual);
  }

  private static List<GenericRecord> correlations(FoldDriver driver) {
    return driver.read(InsightRecords.METRIC_CORRELATIONS);
  }

  private static Map<String, List<GenericRecord>> ofInterfaces(List<GenericRecord> rows) {
    return rows.stream()
        .filter(row -> row.get("metric_a_scope_type").toString().equals("interface"))
        .collect(Collectors.groupingBy(CorrelationTopologyTest::names));
  }

  private static String names(GenericRecord row) {
    return List.of(
            "metric_a_name",
            "metric_a_device_ip",
            "metric_a_interface",
            "metric_b_name",
            "metric_b_device_ip",
            "metric_b_interface")
        .stream()
        .map(field -> row.get(field).toString())
        .collect(Collectors.joining(" "));
  }
}
