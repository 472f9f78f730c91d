package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readings on their way through the topology: known devices, rates, availability, days. */
class EnrichmentTopologyTest {
  private static final Instant NOON = Instant.parse("2024-02-28T12:00:00Z");
  private static final RecordType DEVICES = NetworkRecords.DEVICES;

  private final FoldDriver driver = new FoldDriver(NOON.plusSeconds(3 * 86_400), Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aReadingIsPublishedWithWhatIsKnownOfItsDevice() {
    availability(0, "up");
    device(7, "10.0.0.1", 3, "switch");
    availability(60, "up");
    device(7, "10.0.0.9", 3, "switch");
    availability(120, "up");

    var enriched = driver.read(NetworkRecords.AVAILABILITY_METRICS);
    assertThat(enriched).extracting(r -> r.get("netbox_device_id")).containsExactly(null, 7, null);
    assertThat(enriched.get(1).get("site_id")).isEqualTo(3);
    assertThat(enriched.get(1).get("device_role").toString()).isEqualTo("switch");
  }

  @Test
  void aDeviceThatIsGoneIsKnownNoMore() {
    device(7, "10.0.0.1", 3, "switch");
    availability(0, "up");
    driver.sendBytes(DEVICES, MessageKey.of(DEVICES, deviceRecord(7, "10.0.0.1", 3, "r")), null);
    driver.sendBytes(DEVICES, new byte[] {1}, new byte[] {1, 2, 3});
    availability(60, "up");
    assertThat(driver.read(NetworkRecords.AVAILABILITY_METRICS))
        .extracting(r -> r.get("site_id"))
        .containsExactly(3, null);
  }

  @Test
  void ratesAreFoldedThatNoPollerHasSent() {
    device(7, "10.0.0.1", 3, "switch");
    traffic(0, 0);
    traffic(2, 250_000);
    traffic(4, 750_000);
    traffic(60, 900_000);

    assertThat(driver.read(NetworkRecords.INTERFACE_METRICS))
        .extracting(r -> r.get("rx_bps"))
        .containsExactly(null, 1_000_000L, 2_000_000L, 21_429L);
    var window =
        driver.read(NetworkRecords.WINDOWS_5S).stream()
            .filter(w -> w.get("metric_name").toString().equals("rx_bps"))
            .findFirst()
            .orElseThrow();
    assertThat(window.get("val_avg")).isEqualTo(1_500_000.0);
    assertThat(window.get("site_id")).isEqualTo(3);
  }

  /** 29 February: a day of its own. Down for half an hour of the 24. */
  @Test
  void aDaySaysHowLongADeviceWasUp() {
    var midnight = 43_200;
    for (var minute = 0; minute < 1_440; minute++) {
      availability(midnight + minute * 60L, minute >= 600 && minute < 630 ? "timeout" : "up");
    }
    availability(midnight + 86_400 + 3_600, "up");

    var day = day("availability_pct");
    assertThat(day.get("stat_date").toString()).isEqualTo("19782");
    assertThat(day.get("sample_count")).isEqualTo(1_440);
    assertThat(day.get("downtime_seconds")).isEqualTo(1_800);
    assertThat((Double) day.get("uptime_pct")).isBetween(97.916, 97.917);
    assertThat(day("ping_latency_ms").get("uptime_pct")).isNull();
  }

  @Test
  void theDayOfASiteIsMadeOfItsDevicesAndEvents() {
    device(7, "10.0.0.1", 3, "switch");
    device(8, "10.0.0.2", 3, "switch");
    device(9, "10.0.0.3", 4, "switch");
    for (var hour = 0; hour < 26; hour++) {
      var second = 43_200 + hour * 3_600L;
      availability("10.0.0.1", second, "up");
      availability("10.0.0.2", second, hour < 18 ? "up" : "down");
      availability("10.0.0.3", second, "up");
    }
    event(1, 50_000, "info");
    event(2, 60_000, "info");
    event(2, 60_000, "critical");
    driver.pass(Duration.ofSeconds(2));

    var days = siteDays();
    assertThat(days.keySet()).containsExactlyInAnyOrder("3 19782", "4 19782");
    var site = days.get("3 19782");
    assertThat(site.get("site_name")).hasToString("site 3");
    assertThat(site.get("total_devices")).isEqualTo(2);
    assertThat(site.get("devices_up")).isEqualTo(1);
    assertThat(site.get("devices_down")).isEqualTo(1);
    assertThat(site.get("avg_availability_pct")).isEqualTo(87.5);
    assertThat(site.get("avg_latency_ms")).isEqualTo(1.5);
    assertThat(site.get("avg_optical_rx_power")).isNull();
    assertThat(site.get("event_count")).isEqualTo(2);
    assertThat(site.get("critical_event_count")).isEqualTo(1);
    driver.pass(Duration.ofSeconds(2));
    assertThat(siteDays()).as("published again only when it changes").isEmpty();
  }

  private Map<String, GenericRecord> siteDays() {
    var days = new HashMap<String, GenericRecord>();
    driver
        .read(NetworkRecords.SITE_DAYS)
        .forEach(day -> days.put(day.get("site_id") + " " + day.get("stat_date"), day));
    return days;
  }

  private void event(long id, long second, String severity) {
    var type = NetworkRecords.EVENTS;
    var record = new GenericData.Record(type.schema());
    var grave = type.schema().getField("severity").schema().getTypes().get(1);
    record.put("id", id);
    record.put("event_type", "link_down");
    record.put("site_id", 3);
    record.put("severity", new GenericData.EnumSymbol(grave, severity));
    record.put("event_time", micros(second));
    record.put("detected_at", micros(second));
    driver.send(type, record);
  }

  private GenericRecord day(String metric) {
    if (days.isEmpty()) {
      days = driver.read(NetworkRecords.WINDOWS_1D);
    }
    return days.stream()
        .filter(day -> day.get("metric_name").toString().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private List<GenericRecord> days = List.of();

  private void availability(long second, String ping) {
    availability("10.0.0.1", second, ping);
  }

  private void availability(String ip, long second, String ping) {
    var type = NetworkRecords.AVAILABILITY_READINGS;
    var record = new GenericData.Record(type.schema());
    var status = type.schema().getField("ping_status").schema().getTypes().get(1);
    record.put("device_ip", ip);
    record.put("ping_status", new GenericData.EnumSymbol(status, ping));
    record.put("ping_latency_ms", 1.5);
    record.put("recorded_at", micros(second));
    driver.send(type, record);
  }

  private void traffic(long second, long bytes) {
    var type = NetworkRecords.INTERFACE_READINGS;
    var record = new GenericData.Record(type.schema());
    record.put("device_ip", "10.0.0.1");
    record.put("interface_name", "port1");
    record.put("rx_bytes", bytes);
    record.put("recorded_at", micros(second));
    driver.send(type, record);
  }

  private void device(int id, String ip, int site, String role) {
    driver.send(DEVICES, deviceRecord(id, ip, site, role));
  }

  private static GenericRecord deviceRecord(int id, String ip, int site, String role) {
    var record = new GenericData.Record(DEVICES.schema());
    record.put("netbox_device_id", id);
    record.put("device_ip", ip);
    record.put("site_id", site);
    record.put("site_name", "site " + site);
    record.put("role_name", role);
    record.put("cached_at", micros(0));
    return record;
  }

  private static long micros(long second) {
    return (NOON.getEpochSecond() + second) * 1_000_000;
  }
}
