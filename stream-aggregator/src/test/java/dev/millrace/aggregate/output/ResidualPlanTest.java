package dev.millrace.aggregate.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.AvroValues;
import dev.millrace.aggregate.residual.ResidualStep;
import dev.millrace.aggregate.series.FoldPlan;
import dev.millrace.catalog.Millrace;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Residual;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualPlanTest {
  private static final Instant NOON = Instant.parse("2024-02-28T12:00:00Z");
  private static final ResidualStep STEP =
      new ResidualStep(NOON.getEpochSecond() * 1_000_000, 60, 10, 8, 0.5, 7, 12, 1.5);

  static Stream<RecordType> judged() {
    return Millrace.CATALOG.folded().filter(type -> type.fold().orElseThrow().judged());
  }

  @Test
  void aResidualSaysWhoseItIsAndWhatItCameTo() {
    var record = record(NetworkRecords.OPTICAL_READINGS, port("port1"), 0, STEP);
    assertThat(record.getSourceTopic()).hasToString("network.optical-readings");
    assertThat(record.getScopeType()).hasToString("interface");
    assertThat(record.getEntity()).hasToString("10.0.0.1");
    assertThat(record.getPart()).hasToString("port1");
    assertThat(record.getDeviceIp()).hasToString("10.0.0.1");
    assertThat(record.getInterfaceName()).hasToString("port1");
    assertThat(record.getSiteId()).isEqualTo(3);
    assertThat(AvroValues.text(record.getSeries()))
        .isEqualTo(AvroValues.text(Map.of("device_ip", "10.0.0.1", "interface_name", "port1")));
    assertThat(record.getMetricName()).hasToString("rx_power");
    assertThat(record.getMetricUnit()).hasToString("dBm");
    assertThat(record.getWindowBegin()).isEqualTo(NOON);
    assertThat(record.getWindowMs()).isEqualTo(300_000);
    assertThat(record.getSamples()).isEqualTo(60);
    assertThat(record.getValue()).isEqualTo(10);
    assertThat(record.getExpected()).isEqualTo(8);
    assertThat(record.getResidual()).isEqualTo(2);
    assertThat(record.getResidualSigma()).isEqualTo(0.5);
    assertThat(record.getValueMin()).isEqualTo(7);
    assertThat(record.getValueMax()).isEqualTo(12);
    assertThat(record.getValueStddev()).isEqualTo(1.5);
  }

  @Test
  void ofASingleWindowThereIsNoDeviation() {
    var step = new ResidualStep(0, 1, 10, 8, 0.5, 10, 10, Double.NaN);
    var record = record(NetworkRecords.OPTICAL_READINGS, port("port1"), 0, step);
    assertThat(record.getValueStddev()).isNull();
  }

  @Test
  void aPathIsOfItsSourceAndItsPartIsTheOtherEnd() {
    var identity =
        new GenericData.Record(new FoldPlan(NetworkRecords.PATH_READINGS).identitySchema());
    identity.put("source_ip", "10.0.0.1");
    identity.put("destination_ip", "10.0.0.9");
    var record = record(NetworkRecords.PATH_READINGS, identity, 0, STEP);
    assertThat(record.getEntity()).hasToString("10.0.0.1");
    assertThat(record.getDeviceIp()).hasToString("10.0.0.1");
    assertThat(record.getPart()).hasToString("10.0.0.9");
  }

  @Test
  void theNameOfTheMetricIsNoPartAndAMapIsInOneOrder() {
    var identity = new GenericData.Record(new FoldPlan(HubRecords.SAMPLES).identitySchema());
    identity.put("tenant_id", "t|1");
    identity.put("asset_id", "a");
    identity.put("metric_type", "sensor");
    identity.put("metric_name", "temperature");
    identity.put("dimensions", Map.of("room", "1", "floor", "2", "wing", "e"));
    var record = record(HubRecords.SAMPLES, identity, 0, STEP);
    assertThat(record.getEntity()).hasToString("t\\|1|a");
    assertThat(record.getPart()).hasToString("sensor floor=2,room=1,wing=e");
    assertThat(record.getDeviceIp()).isNull();
  }

  /** So that everything of one entity is in one partition of the residuals. */
  @ParameterizedTest
  @MethodSource("judged")
  void theEntityIsTheKeyOfTheRawRecordsAndOfTheResiduals(RecordType type) {
    var schema = new FoldPlan(type).identitySchema();
    for (var who : new RandomData(schema, 50, 7)) {
      var identity = (GenericRecord) who;
      var raw = new GenericData.Record(type.schema());
      type.key().forEach(field -> raw.put(field, identity.get(field)));
      var record = record(type, identity, 0, STEP);
      assertThat(record.getEntity()).hasToString(MessageKey.text(type, raw));
      assertThat(MessageKey.parts(MessageKey.of(InsightRecords.RESIDUALS, record)))
          .containsExactly(record.getEntity().toString());
      var named = record.getSeries();
      assertThat(new Entity(type).name(field -> value(named, field)))
          .as("the entity is told from the dimensions as text, too")
          .isEqualTo(record.getEntity().toString());
    }
  }

  /** What is compared within a device meets in one partition. */
  @ParameterizedTest
  @MethodSource("judged")
  void aSeriesOfADeviceIsOfTheEntityOfThatName(RecordType type) {
    var schema = new FoldPlan(type).identitySchema();
    for (var who : new RandomData(schema, 50, 7)) {
      var record = record(type, (GenericRecord) who, 0, STEP);
      if (record.getDeviceIp() != null) {
        assertThat(MessageKey.parts(record.getEntity().toString().getBytes(UTF_8)))
            .containsExactly(record.getDeviceIp().toString());
      }
    }
  }

  private static Object value(Map<CharSequence, CharSequence> named, String field) {
    return named.get(field);
  }

  private static GenericRecord port(String name) {
    var type = NetworkRecords.OPTICAL_READINGS;
    var identity = new GenericData.Record(new FoldPlan(type).identitySchema());
    identity.put("device_ip", "10.0.0.1");
    identity.put("interface_name", name);
    identity.put("netbox_device_id", 42);
    identity.put("site_id", 3);
    return identity;
  }

  private static Residual record(
      RecordType type, GenericRecord identity, int measure, ResidualStep step) {
    var schema = new FoldPlan(type).identitySchema();
    var named = type.fold().orElseThrow().measures().get(measure).metric();
    var metric = named instanceof Measure.Metric.Named its ? its.name() : "metric";
    var series = new SeriesIdentity(identity, metric, measure, new byte[] {1});
    return new ResidualPlan(type, schema).record(series, step);
  }
}
