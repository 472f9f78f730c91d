package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.group.GroupPlan;
import dev.millrace.aggregate.series.Restorer;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Incidents on their way from the folds that find them through their groups. */
class GroupTopologyTest {
  private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");
  private static final Map<String, String> SETTINGS = Map.of("aggregator.ahead_ms", "7200000");
  private static final RecordType ANOMALIES = InsightRecords.ANOMALIES;
  private static final RecordType DEVICES = NetworkRecords.AVAILABILITY_READINGS;
  private static final RecordType INTERFACES = NetworkRecords.INTERFACE_READINGS;
  private static final int FAILS = 1_500;
  private static final int ENDS = 1_600;

  private FoldDriver driver = new FoldDriver(NOON, SETTINGS);

  @AfterEach
  void close() {
    driver.close();
  }

  /** Found in the readings themselves: two interfaces go idle 10 s before their device's CPU. */
  @Test
  void twoInterfacesAndTheirDeviceAreOneGroupAndTheDeviceIsItsRoot() {
    var random = new Random(7);
    for (var second = 0; second < ENDS; second += 5) {
      traffic("a", second, second < FAILS ? 1e6 + 1e4 * random.nextGaussian() : 0);
      traffic("b", second, second < FAILS ? 2e6 + 2e4 * random.nextGaussian() : 0);
      cpu(second, second < FAILS + 10 ? 30 + random.nextGaussian() : 99);
    }
    var opened =
        driver.read(ANOMALIES).stream()
            .filter(step -> step.get("status").toString().equals("opened"))
            .filter(step -> (long) step.get("detected_at") >= micros(FAILS))
            .toList();
    assertThat(opened)
        .extracting(step -> step.get("metric_name").toString())
        .containsExactlyInAnyOrder("rx_bps", "rx_bps", "cpu_utilization_pct");
    assertThat(groups(opened)).hasSize(3).doesNotContainNull();
    assertThat(groups(opened).stream().distinct()).hasSize(1);
    var device = opened.get(opened.size() - 1);
    assertThat(device.get("metric_name")).hasToString("cpu_utilization_pct");
    assertThat(device.get("root_incident_id")).isEqualTo(device.get("incident_id"));
  }

  @Test
  void theRootIsTheDeviceForWhatIsPublishedFromThenOn() {
    step(1, "opened", 0, INTERFACES, 7);
    step(2, "opened", 5, INTERFACES, 7);
    step(3, "opened", 10, DEVICES, 7);
    step(1, "closed", 0, INTERFACES, 7);
    var steps = driver.read(ANOMALIES);
    assertThat(groups(steps).stream().distinct()).hasSize(1);
    assertThat(roots(steps)).containsExactly(id(1), id(1), id(3), id(3));
  }

  @Test
  void aLoneIncidentIsAGroupOfOneAndAllItsStepsSaySo() {
    step(1, "opened", 0, INTERFACES, 7);
    step(1, "updated", 0, INTERFACES, 7);
    driver.pass(Duration.ofDays(20));
    step(1, "closed", 0, INTERFACES, 7);
    var steps = driver.read(ANOMALIES);
    assertThat(groups(steps).stream().distinct()).hasSize(1).doesNotContainNull();
    assertThat(roots(steps)).containsOnly(id(1));
  }

  @Test
  void theStepIsOtherwiseAsItsFoldMadeItAndInTheOrderOfItsSeries() {
    step(1, "opened", 0, INTERFACES, 7);
    step(1, "closed", 0, INTERFACES, 7);
    var expected = incident(1, "opened", 0, INTERFACES, 7);
    assertThat(driver.readRaw(ANOMALIES.topic()))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.key()).isEqualTo(MessageKey.of(ANOMALIES, expected)));
    step(1, "opened", 0, INTERFACES, 7);
    var published = driver.read(ANOMALIES).get(0);
    for (var field : List.of("correlation_group_id", "root_incident_id")) {
      assertThat(published.get(field)).isNotNull();
      expected.put(field, published.get(field));
    }
    assertThat(published).isEqualTo(expected);
  }

  @Test
  void afterTheGapAndAtAnotherSiteItIsAnotherGroup() {
    step(1, "opened", 0, INTERFACES, 7);
    step(2, "opened", 120, DEVICES, 7);
    step(3, "opened", 241, DEVICES, 7);
    step(4, "opened", 0, DEVICES, 8);
    var groups = groups(driver.read(ANOMALIES));
    assertThat(groups.get(1)).isEqualTo(groups.get(0));
    assertThat(groups.subList(1, 4)).doesNotHaveDuplicates();
  }

  @Test
  void theGapCanBeSet() {
    driver.close();
    driver = new FoldDriver(NOON, Map.of("aggregator.group_gap_ms", "10000"));
    step(1, "opened", 0, INTERFACES, 7);
    step(2, "opened", 10, INTERFACES, 7);
    step(3, "opened", 21, INTERFACES, 7);
    var groups = groups(driver.read(ANOMALIES));
    assertThat(groups.get(1)).isEqualTo(groups.get(0)).isNotEqualTo(groups.get(2));
  }

  @Test
  void whatBeganEarlierAndIsHeardOfLaterIsTheRoot() {
    step(1, "opened", 100, DEVICES, 7);
    step(2, "opened", 0, INTERFACES, 7);
    step(1, "updated", 100, DEVICES, 7);
    assertThat(roots(driver.read(ANOMALIES))).containsExactly(id(1), id(2), id(2));
  }

  @Test
  void afterARestartGroupsAreKnown() {
    step(1, "opened", 0, INTERFACES, 7);
    step(2, "opened", 5, DEVICES, 7);
    var before = driver.read(ANOMALIES);
    var first = driver;
    driver = new FoldDriver(NOON.plusSeconds(600), SETTINGS, first.registry());
    for (var record : first.readRaw("test-anomalies-groups-changelog")) {
      Restorer.restore(driver.store("anomalies-groups"), record.key(), record.value());
    }
    first.close();
    step(1, "closed", 0, INTERFACES, 7);
    step(3, "opened", 60, INTERFACES, 7);
    var after = driver.read(ANOMALIES);
    assertThat(groups(after)).containsOnly(groups(before).get(0));
    assertThat(roots(after)).containsOnly(id(2));
  }

  /**
   * Its site is known in the midst of an incident: the rest of it goes to the group of the site.
   */
  @Test
  void aSeriesThatMovesToAnotherSiteTakesItsIncidentThere() {
    step(1, "opened", 0, INTERFACES, 7);
    step(2, "opened", 0, DEVICES, 8);
    step(1, "closed", 0, INTERFACES, 8);
    var steps = driver.read(ANOMALIES);
    var groups = groups(steps);
    assertThat(groups.get(2)).isEqualTo(groups.get(1)).isNotEqualTo(groups.get(0));
    assertThat(steps.get(2).get("revision")).isEqualTo(steps.get(0).get("revision"));
  }

  @Test
  void nothingStopsAtWhatCannotBeRead() {
    sendBytes(INTERFACES, new byte[] {1}, new byte[] {9, 9});
    step(1, "opened", 0, INTERFACES, 7);
    assertThat(driver.read(ANOMALIES)).hasSize(1);
    assertThat(driver.counts()).containsEntry("skipped", 1);
  }

  private void traffic(String name, int second, double bps) {
    var reading = new GenericData.Record(INTERFACES.schema());
    reading.put("device_ip", "10.0.0.1");
    reading.put("interface_name", name);
    reading.put("site_id", 7);
    reading.put("rx_bps", (long) bps);
    reading.put("recorded_at", micros(second));
    driver.send(INTERFACES, reading);
  }

  private void cpu(int second, double percent) {
    var reading = new GenericData.Record(DEVICES.schema());
    reading.put("device_ip", "10.0.0.1");
    reading.put("site_id", 7);
    reading.put("cpu_utilization_pct", percent);
    reading.put("recorded_at", micros(second));
    driver.send(DEVICES, reading);
  }

  /** Sends a step as the fold of {@code raw} does. */
  private void step(int number, String status, int second, RecordType raw, int site) {
    var step = incident(number, status, second, raw, site);
    var series = new HashMap<CharSequence, CharSequence>(Map.of("site_id", "" + site));
    var key = new GroupPlan(raw.fold().orElseThrow()).key(series, "" + number);
    sendBytes(raw, key, new RecordEncoder(ANOMALIES, driver.registry()).encode(step));
  }

  private static GenericRecord incident(
      int number, String status, int second, RecordType raw, int site) {
    var series = Map.of("device_ip", "10.0.0.1", "site_id", "" + site);
    return Incidents.step(number, status, "warning", NOON.plusSeconds(second), raw, series);
  }

  private void sendBytes(RecordType raw, byte[] key, byte[] value) {
    driver.sendBytes("test-" + raw.topic() + "-incidents-repartition", key, value);
  }

  private static List<String> groups(List<GenericRecord> steps) {
    return steps.stream().map(step -> step.get("correlation_group_id").toString()).toList();
  }

  private static List<UUID> roots(List<GenericRecord> steps) {
    return steps.stream()
        .map(step -> UUID.fromString(step.get("root_incident_id").toString()))
        .toList();
  }

  private static UUID id(int number) {
    return Incidents.id(number);
  }

  private static long micros(long second) {
    return HubSample.micros(NOON.plusSeconds(second));
  }
}
