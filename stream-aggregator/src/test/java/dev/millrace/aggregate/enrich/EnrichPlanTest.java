package dev.millrace.aggregate.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** On the enrichments of the catalogue: what they derive, and when they leave it be. */
class EnrichPlanTest {
  private static final RecordType INTERFACES = NetworkRecords.INTERFACE_READINGS;
  private static final RecordType OPTICS = NetworkRecords.OPTICAL_READINGS;

  private final EnrichPlan plan = new EnrichPlan(INTERFACES);
  private Reading before = new Reading(plan.counters());

  @Test
  void theFirstReadingHasNoRate() {
    assertThat(read(0, 1_000, 10).get("rx_bps")).isNull();
  }

  @Test
  void ratesAreOfTheTimeBetweenTwoReadings() {
    read(0, 1_000, 10);
    var second = read(60, 751_000, 610);
    assertThat(second.get("rx_bps")).isEqualTo(100_000L);
    assertThat(second.get("rx_pps")).isEqualTo(10);
    assertThat((Double) second.get("rx_utilization_pct")).isEqualTo(0.01, within(1e-9));
    var third = read(120, 751_000, 610);
    assertThat(third.get("rx_bps")).isEqualTo(0L);
    assertThat(third.get("tx_bps")).isNull();
  }

  @Test
  void aRateThePollerKnowsIsLeftAsItIs() {
    read(0, 1_000, 10);
    var record = reading(60, 751_000, 610);
    record.put("rx_bps", 7L);
    plan.derive(record, before, 0);
    assertThat(record.get("rx_bps")).isEqualTo(7L);
    assertThat((Double) record.get("rx_utilization_pct")).isEqualTo(7e-7, within(1e-12));
  }

  @Test
  void aCounterThatWrapsHasARateAndOneThatBeganAnewHasNone() {
    read(0, 4_294_967_000L, 1_000);
    assertThat(read(10, 704, 1_100).get("rx_bps")).isEqualTo(800L);
    read(20, 2_000_000_000L, 1_200);
    var rebooted = read(30, 5_000, 1_300);
    assertThat(rebooted.get("rx_bps")).isNull();
    assertThat(rebooted.get("rx_pps")).as("the others began anew with it").isNull();
    assertThat(read(40, 6_000, 1_400).get("rx_bps")).isEqualTo(800L);
  }

  @Test
  void thereIsNoRateAcrossAGapNorBackwardsNorInNoTime() {
    read(0, 1_000, 10);
    assertThat(read(901, 2_000, 20).get("rx_bps")).isNull();
    assertThat(read(900, 1_900, 19).get("rx_bps")).isNull();
    assertThat(read(901, 2_000, 20).get("rx_bps")).isNull();
    assertThat(read(1_801, 3_000, 30).get("rx_bps")).isEqualTo(9L);
  }

  @Test
  void aRateBeyondTwiceTheCapacityIsNone() {
    read(0, 0, 0);
    assertThat(read(1, 249_000_000, 0).get("rx_bps")).isEqualTo(1_992_000_000L);
    assertThat(read(2, 600_000_000, 0).get("rx_bps")).isNull();
  }

  @Test
  void errorsAreOfTheSamePacketsAndOfNoneThereIsNoShare() {
    errors(0, 1_000, 5, null);
    assertThat(errors(60, 2_000, 6, 3L)).isEqualTo(1_000.0);
    assertThat(errors(120, 3_000, 7, 4L)).isEqualTo(2_000.0);
    assertThat(errors(180, 3_000, 7, 4L)).isNull();
  }

  private Object errors(long second, long packets, long rxErrors, Long txErrors) {
    var record = reading(second, 0, packets);
    record.put("rx_errors", rxErrors);
    record.put("tx_errors", txErrors);
    plan.derive(record, before, 0);
    return record.get("error_rate_ppm");
  }

  @Test
  void aReadingOutlivesItsBytes() {
    read(0, 1_000, 10);
    var writer = new StateWriter();
    before.encode(writer);
    before = Reading.decode(new StateReader(writer.toByteArray()), plan.counters());
    assertThat(read(60, 751_000, 610).get("rx_bps")).isEqualTo(100_000L);
    before = Reading.decode(new StateReader(writer.toByteArray()), plan.counters() + 1);
    assertThat(before.isFirst()).isTrue();
  }

  @Test
  void signalQualityIsWhatIsInReserve() {
    assertThat(quality(-10, -14, -1, null)).isEqualTo(100.0);
    assertThat(quality(-12.5, -14, -1, null)).isEqualTo(50.0);
    assertThat(quality(-15, -14, -1, null)).isEqualTo(0.0);
    assertThat(quality(-0.5, -14, -1, null)).isEqualTo(0.0);
    assertThat(quality(-10, -14, -1, -7.25)).as("the worse of the two").isEqualTo(25.0);
    assertThat(quality(-10, null, -1, null)).isNull();
  }

  private static Object quality(double rx, Integer low, int high, Double tx) {
    var record = new GenericData.Record(OPTICS.schema());
    record.put("recorded_at", 0L);
    record.put("rx_power", rx);
    record.put("rx_power_low_warn", low == null ? null : low.doubleValue());
    record.put("rx_power_high_warn", (double) high);
    record.put("tx_power", tx);
    record.put("tx_power_low_warn", -8.0);
    record.put("tx_power_high_warn", 0.0);
    var optical = new EnrichPlan(OPTICS);
    optical.derive(record, new Reading(optical.counters()), 0);
    return record.get("signal_quality_pct");
  }

  private GenericRecord read(long second, long bytes, long packets) {
    var record = reading(second, bytes, packets);
    plan.derive(record, before, 0);
    return record;
  }

  /** Of an interface of 1 Gbit/s. */
  private static GenericRecord reading(long second, long bytes, long packets) {
    var record = new GenericData.Record(INTERFACES.schema());
    record.put("recorded_at", second * 1_000_000);
    record.put("rx_bytes", bytes);
    record.put("rx_packets", packets);
    record.put("speed_mbps", 1_000);
    return record;
  }
}
