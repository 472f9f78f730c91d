package dev.millrace.aggregate.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.Fold;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.network.NetworkRecords;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupPlanTest {
  private static final Map<CharSequence, CharSequence> AT_SITE =
      Map.of("device_ip", "10.0.0.1", "site_id", "7");

  @Test
  void seriesOfOneSiteMeetWhateverItsFieldIsCalled() {
    var path = Map.<CharSequence, CharSequence>of("source_ip", "10.9.9.9", "source_site_id", "7");
    assertThat(key(NetworkRecords.INTERFACE_READINGS, AT_SITE))
        .isEqualTo(key(NetworkRecords.AVAILABILITY_READINGS, AT_SITE))
        .isEqualTo(key(NetworkRecords.PATH_READINGS, path));
  }

  @Test
  void withoutASiteThoseOfOneDeviceDo() {
    var device = Map.<CharSequence, CharSequence>of("device_ip", "7");
    var path = Map.<CharSequence, CharSequence>of("source_ip", "7");
    assertThat(key(NetworkRecords.OPTICAL_READINGS, device))
        .isEqualTo(key(NetworkRecords.PATH_READINGS, path))
        .as("device 7 is not site 7")
        .isNotEqualTo(key(NetworkRecords.OPTICAL_READINGS, AT_SITE));
  }

  @Test
  void aSeriesThatHasNoneOfTheFieldsIsAlone() {
    var nothing = Map.<CharSequence, CharSequence>of("metric_name", "fps");
    var plan = new GroupPlan(fold(CameraRecords.SYSTEM_METRICS));
    assertThat(plan.key(nothing, "a")).isEqualTo(plan.key(nothing, "a"));
    assertThat(plan.key(nothing, "a")).isNotEqualTo(plan.key(nothing, "b"));
  }

  @Test
  void aDeviceIsBeforeAnInterfaceBeforeItsLightBeforeAPath() {
    assertThat(rank(NetworkRecords.AVAILABILITY_READINGS, "cpu_utilization_pct"))
        .isGreaterThan(rank(NetworkRecords.INTERFACE_READINGS, "rx_bps"));
    assertThat(rank(NetworkRecords.INTERFACE_READINGS, "rx_bps"))
        .isGreaterThan(rank(NetworkRecords.OPTICAL_READINGS, "rx_power"));
    assertThat(rank(NetworkRecords.OPTICAL_READINGS, "rx_power"))
        .isGreaterThan(rank(NetworkRecords.PATH_READINGS, "latency_ms"));
  }

  @Test
  void whatIsDownOrMissingIsBeforeWhatIsOffButNotBeforeWhatIsWider() {
    var device = new GroupPlan(fold(NetworkRecords.AVAILABILITY_READINGS));
    var off = device.rank("cpu_utilization_pct", AnomalyType.spike);
    assertThat(device.rank("availability_pct", AnomalyType.drop)).isGreaterThan(off);
    assertThat(device.rank("cpu_utilization_pct", AnomalyType.missing)).isGreaterThan(off);
    var silent = new GroupPlan(fold(NetworkRecords.INTERFACE_READINGS));
    assertThat(silent.rank("rx_bps", AnomalyType.missing)).isLessThan(off);
  }

  private static byte[] key(RecordType type, Map<CharSequence, CharSequence> series) {
    return new GroupPlan(fold(type)).key(series, "alone");
  }

  private static int rank(RecordType type, String metric) {
    return new GroupPlan(fold(type)).rank(metric, AnomalyType.spike);
  }

  private static Fold fold(RecordType type) {
    return type.fold().orElseThrow();
  }
}
