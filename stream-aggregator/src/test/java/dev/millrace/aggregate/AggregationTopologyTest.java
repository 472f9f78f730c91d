package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AggregationTopologyTest {
  private static final Instant START = Instant.parse("2024-02-29T10:00:00Z");

  private FoldDriver driver = new FoldDriver(START, Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void windowsCloseByTheSeriesOwnTimeAndMergeIntoTheHour() {
    restart(Map.of("aggregator.ahead_ms", "7200000"));
    for (var second = 0; second < 10; second++) {
      hub("a", second, second);
    }
    var first = windows5s().get(0);
    assertThat(first.get("timestamp")).isEqualTo(micros(0));
    assertThat(first.get("time_bucket")).isEqualTo(5_000_000L);
    assertThat(first.get("value_count")).isEqualTo(5L);
    assertThat(first.get("value_sum")).isEqualTo(10.0);
    assertThat(first.get("value_avg")).isEqualTo(2.0);
    assertThat(first.get("value_min")).isEqualTo(0.0);
    assertThat(first.get("value_max")).isEqualTo(4.0);
    assertThat(first.get("value_p50")).isEqualTo(2.0);
    assertThat((double) first.get("value_stddev")).isEqualTo(Math.sqrt(2.5));
    assertThat(first.get("revision")).isEqualTo(0);
    assertThat(first.get("asset_id")).hasToString("a");
    assertThat(first.get("metric_name")).hasToString("temp");
    hub("a", 3_602, 100);
    var hour = driver.read(HubRecords.WINDOWS_1H).get(0);
    assertThat(hour.get("value_count")).isEqualTo(10L);
    assertThat((double) hour.get("value_p95")).isCloseTo(8.55, within(1e-9));
  }

  @Test
  void aLateSampleGivesARevisionAndAVeryLateOneGoesToTheLateTopic() {
    restart(Map.of("aggregator.ahead_ms", "7200000"));
    hub("a", 1, 1);
    hub("a", 7, 1);
    assertThat(windows5s()).hasSize(1);
    hub("a", 2, 5);
    var revised = windows5s().get(0);
    assertThat(revised.get("revision")).isEqualTo(1);
    assertThat(revised.get("value_count")).isEqualTo(2L);
    hub("a", 120, 1);
    driver.readRaw(HubRecords.WINDOWS_5S.topic());
    hub("a", 3, 9);
    assertThat(windows5s()).isEmpty();
    var late = driver.readRaw(HubRecords.SAMPLES.lateTopic());
    assertThat(late).hasSize(1);
    assertThat(header(late.get(0), "millrace.reason")).isEqualTo("late");
    assertThat(header(late.get(0), "millrace.uncounted")).isEqualTo("5s=1,1m=1");
    hub("a", 3_602, 1);
    assertThat(driver.read(HubRecords.WINDOWS_1H).get(0).get("value_count")).isEqualTo(5L);
    assertThat(driver.counts()).containsEntry("folded", 5).containsEntry("late", 1);
  }

  @Test
  void aSilentSeriesIsClosedByTheTimeSinceItsLatestArrival() {
    hub("a", 1, 1);
    driver.pass(Duration.ofMinutes(9));
    hub("a", 2, 2);
    driver.pass(Duration.ofMinutes(9));
    assertThat(windows5s()).isEmpty();
    driver.pass(Duration.ofMinutes(1));
    assertThat(windows5s().get(0).get("value_count")).isEqualTo(2L);
    assertThat(driver.read(HubRecords.WINDOWS_1H).get(0).get("value_count")).isEqualTo(2L);
    driver.pass(Duration.ofMinutes(30));
    assertThat(windows5s()).isEmpty();
    hub("a", 3, 3);
    driver.pass(Duration.ofMinutes(10));
    assertThat(windows5s().get(0).get("revision")).isEqualTo(1);
    assertThat(driver.read(HubRecords.WINDOWS_1H).get(0).get("value_sum")).isEqualTo(6.0);
  }

  @Test
  void theIdleTimeOutCanBeSetForAll() {
    restart(Map.of("aggregator.idle_timeout_ms", "3000"));
    hub("a", 1, 1);
    driver.pass(Duration.ofSeconds(3));
    assertThat(windows5s()).hasSize(1);
  }

  @Test
  void aClockAheadIsRefusedAndOneThatIsFastHarmsNoOtherSeries() {
    hub("slow", 1, 1);
    hub("fast", 200, 1);
    hub("fast", 290, 1);
    hub("ahead", 400, 1);
    hub("ahead", 86_400 * 365, 1);
    hub("slow", 2, 1);
    assertThat(windows5s()).hasSize(1).allMatch(w -> w.get("asset_id").toString().equals("fast"));
    var refused = driver.readRaw(HubRecords.SAMPLES.lateTopic());
    assertThat(refused).hasSize(2).allMatch(r -> header(r, "millrace.reason").equals("ahead"));
    assertThat(refused)
        .allMatch(r -> header(r, "millrace.uncounted").equals("5s=1,1m=1,5m=1,1h=1,1d=1"));
    assertThat(driver.counts()).containsEntry("folded", 4).containsEntry("ahead", 2);
  }

  @Test
  void whatIsNoFiniteNumberIsRefused() {
    hub("a", 1, Double.NaN);
    hub("a", 1, Double.POSITIVE_INFINITY);
    var refused = driver.readRaw(HubRecords.SAMPLES.lateTopic());
    assertThat(refused).hasSize(2).allMatch(r -> header(r, "millrace.reason").equals("not_finite"));
  }

  @Test
  void seriesThatDifferInAnyDimensionAreApart() {
    hub("a", 1, 1);
    var other = hubRecord("a", 1, 2);
    other.put("dimensions", Map.of("room", "1"));
    driver.send(HubRecords.SAMPLES, other);
    driver.pass(Duration.ofMinutes(11));
    assertThat(windows5s()).extracting(w -> w.get("value_sum")).containsExactlyInAnyOrder(1.0, 2.0);
  }

  @Test
  void everyColumnOfARecordIsAMetricAndANullIsNoSample() {
    var reading = new GenericData.Record(NetworkRecords.PATH_READINGS.schema());
    reading.put("source_ip", "10.0.0.1");
    reading.put("destination_ip", "10.0.0.2");
    reading.put("source_site_id", 7);
    reading.put("latency_ms", 3.5);
    reading.put("hop_count", 4);
    reading.put("recorded_at", micros(0));
    driver.send(NetworkRecords.PATH_READINGS, reading);
    driver.pass(Duration.ofMinutes(11));
    var windows = driver.read(NetworkRecords.WINDOWS_5S);
    assertThat(windows)
        .extracting(w -> w.get("metric_name") + "=" + w.get("val_max"))
        .containsExactlyInAnyOrder("latency_ms=3.5", "hop_count=4.0");
    assertThat(windows)
        .allMatch(w -> w.get("device_ip").toString().equals("10.0.0.1"))
        .allMatch(w -> w.get("site_id").equals(7))
        .allMatch(w -> w.get("sample_count").equals(1))
        .allMatch(w -> w.get("val_stddev") == null)
        .allMatch(w -> w.get("window_ms").equals(5_000L));
  }

  @Test
  void anUndecodableRecordIsDeadLetteredWhereNobodyElseWould() {
    driver.sendBytes(HubRecords.SAMPLES, new byte[] {1}, new byte[] {9, 9});
    driver.sendBytes(CameraRecords.SYSTEM_METRICS, new byte[] {1}, new byte[] {9, 9});
    var letters = driver.readRaw(HubRecords.SAMPLES.deadLetterTopic());
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).value()).containsExactly(9, 9);
    assertThat(header(letters.get(0), DeadLetter.TOPIC)).isEqualTo("hub.samples");
    assertThat(header(letters.get(0), DeadLetter.EXCEPTION_CLASS)).isEqualTo("UNDECODABLE");
    assertThat(driver.readRaw(CameraRecords.SYSTEM_METRICS.deadLetterTopic())).isEmpty();
    assertThat(driver.counts()).containsEntry("dead-lettered", 1).containsEntry("skipped", 1);
    hub("a", 1, 1);
    assertThat(driver.counts()).containsEntry("folded", 1);
  }

  @Test
  void aRegistryThatIsAwayFailsTheTaskAndDeadLettersNothing() {
    driver.registry().away(true);
    var unknownSchema = new byte[] {0, 0, 0, 0, 99, 1};
    assertThatThrownBy(() -> driver.sendBytes(HubRecords.SAMPLES, new byte[] {1}, unknownSchema))
        .isInstanceOf(StreamsException.class)
        .hasRootCauseInstanceOf(MillraceException.class);
    assertThat(driver.readRaw(HubRecords.SAMPLES.deadLetterTopic())).isEmpty();
  }

  @Test
  void anIncidentIsOpenedUpdatedAndClosedUnderOneId() {
    var random = new Random(3);
    play(random, 0, 600, 0);
    play(random, 600, 610, 10);
    play(random, 610, 620, 30);
    play(random, 620, 700, 0);
    var events = driver.read(InsightRecords.ANOMALIES);
    assertThat(events)
        .extracting(e -> e.get("status") + " " + e.get("revision") + " " + e.get("severity"))
        .containsExactly("opened 0 critical", "updated 1 critical", "closed 2 critical");
    assertThat(events).extracting(e -> e.get("incident_id")).containsOnly(events.get(0).get(0));
    var closed = events.get(2);
    assertThat(closed.get("detected_at")).isEqualTo(micros(600));
    assertThat(closed.get("resolved_at")).isEqualTo(micros(620));
    assertThat(closed.get("anomalous_windows")).isEqualTo(4);
    assertThat(closed.get("anomaly_type")).hasToString("spike");
    assertThat(closed.get("scope_type")).hasToString("station");
    assertThat(closed.get("metric_name")).hasToString("pcm.rms_dbfs");
    assertThat(closed.get("source_topic")).hasToString("audio.samples");
    assertThat(closed.get("hour_of_day")).isEqualTo(10);
    assertThat(closed.get("window_ms")).isEqualTo(5_000L);
    assertThat(text(closed, "series"))
        .containsEntry("trace_id", "call")
        .containsEntry("tap", "PRE")
        .containsEntry("station_group", "G");
    assertThat((double) closed.get("expected")).isBetween(-20.5, -19.5);
    assertThat((double) closed.get("deviation_sigma")).isGreaterThan(20);
  }

  @Test
  void aReplayGivesTheSameIncidents() {
    play(new Random(1), 0, 600, 0);
    play(new Random(2), 600, 700, 10);
    var first = driver.read(InsightRecords.ANOMALIES);
    restart(Map.of());
    play(new Random(1), 0, 600, 0);
    play(new Random(2), 600, 700, 10);
    assertThat(driver.read(InsightRecords.ANOMALIES)).isNotEmpty().isEqualTo(first);
  }

  @Test
  void aConstantSeriesRaisesNoAlarm() {
    for (var second = 0; second < 1_800; second++) {
      hub("a", second, 42);
      driver.pass(Duration.ofSeconds(1));
    }
    assertThat(driver.read(InsightRecords.ANOMALIES)).isEmpty();
  }

  @Test
  void aSilentSeriesClosesItsIncident() {
    play(new Random(1), 0, 600, 0);
    play(new Random(2), 600, 640, 10);
    assertThat(driver.read(InsightRecords.ANOMALIES))
        .extracting(e -> e.get("status").toString())
        .containsOnlyOnce("opened")
        .doesNotContain("closed");
    driver.pass(Duration.ofMinutes(11));
    assertThat(driver.read(InsightRecords.ANOMALIES))
        .extracting(e -> e.get("status").toString())
        .contains("closed");
  }

  @Test
  void aBaselineIsPublishedWhenUsableAndWhenItsHourEnds() {
    play(new Random(1), 0, 400, 0);
    var usable = driver.read(InsightRecords.BASELINES);
    assertThat(usable)
        .extracting(b -> b.get("hour_of_day") + " " + b.get("day_of_week"))
        .containsExactly("10 null", "10 4", "null null");
    driver.pass(Duration.ofHours(1));
    play(new Random(2), 3_600, 3_610, 0);
    var ended = driver.read(InsightRecords.BASELINES);
    assertThat(ended).hasSize(3);
    assertThat(ended).extracting(b -> b.get("baseline_key")).isEqualTo(keys(usable));
    var baseline = ended.get(0);
    assertThat((long) baseline.get("sample_count")).isEqualTo(80);
    assertThat((double) baseline.get("baseline_mean")).isBetween(-20.2, -19.8);
    assertThat((double) baseline.get("warn_threshold_low"))
        .isLessThan((double) baseline.get("baseline_mean"));
    assertThat(baseline.get("time_period")).hasToString("hourly");
    assertThat(ended.get(2).get("time_period")).hasToString("daily");
    assertThat(text(baseline, "series"))
        .containsEntry("station_key", "S")
        .doesNotContainKey("trace_id");
    assertThat(baseline.get("is_active")).isEqualTo(true);
  }

  @Test
  void aSeriesThatIsLongSilentIsForgotten() {
    hub("a", 1, 1);
    driver.pass(Duration.ofDays(1));
    assertThat(driver.counts()).containsEntry("hub.samples series", 1);
    driver.pass(Duration.ofMinutes(12));
    assertThat(driver.counts()).containsEntry("hub.samples series", 0);
    var latest = new HashMap<String, byte[]>();
    driver
        .readRaw("test-hub.samples-series-changelog")
        .forEach(part -> latest.put(Arrays.toString(part.key()), part.value()));
    assertThat(latest).hasSize(8).allSatisfy((part, value) -> assertThat(value).isNull());
  }

  @Test
  void aSeriesIsNotForgottenWhileItsCoarsestWindowMayStillTakeASample() {
    restart(Map.of("aggregator.forget_after_ms", "600000"));
    driver.pass(Duration.ofHours(2));
    hub("a", 1, 1);
    driver.pass(Duration.ofMinutes(30));
    hub("a", 2, 2);
    driver.pass(Duration.ofMinutes(30));
    assertThat(driver.read(HubRecords.WINDOWS_1D))
        .extracting(w -> w.get("revision") + " " + w.get("value_sum"))
        .containsExactly("0 1.0", "1 3.0");
    driver.pass(Duration.ofDays(1));
    assertThat(driver.counts()).containsEntry("hub.samples series", 0);
  }

  @Test
  void aMessageWithoutATimestampIsFoldedLikeAnyOther() {
    driver.sendUnstamped(HubRecords.SAMPLES, hubRecord("a", 1, 1));
    hub("a", 8, 1);
    assertThat(windows5s()).hasSize(1);
  }

  @Test
  void timesAtTheEndsOfWhatALongHoldsArePutAside() {
    hub("a", 1, 1);
    for (var time : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1_000_000_000, Long.MAX_VALUE}) {
      var record = hubRecord("b", 0, 1);
      record.put("timestamp", time);
      driver.send(HubRecords.SAMPLES, record);
    }
    var aside = driver.readRaw(HubRecords.SAMPLES.lateTopic());
    assertThat(aside)
        .extracting(r -> header(r, "millrace.reason"))
        .containsExactly("late", "late", "ahead");
    assertThat(aside)
        .allMatch(r -> header(r, "millrace.uncounted").equals("5s=1,1m=1,5m=1,1h=1,1d=1"));
    driver.pass(Duration.ofMinutes(11));
    assertThat(windows5s()).hasSize(1);
  }

  @Test
  void aTaskThatIsGivenAwayHasNoSeriesAnyMore() {
    hub("a", 1, 1);
    driver.pass(Duration.ofSeconds(1));
    var given = driver;
    assertThat(given.counts()).containsEntry("hub.samples series", 1);
    restart(Map.of());
    assertThat(given.counts()).containsEntry("hub.samples series", 0);
  }

  /**
   * A rollup is two, a pairing one more than the topics its members are read from. What is gained
   * from many series takes five, besides incidents, which are read already: of residuals, groups,
   * verdicts, cases, hours, days. And incidents are grouped in one.
   */
  @Test
  void eachFoldedTypeIsASubTopologyOfItsOwn() {
    var config = AggregatorConfig.from(Settings.of(Map.of()));
    var topology =
        new AggregationTopology(
                FoldDriver.CATALOG, config, new FakeRegistry(), AggregatorMetrics.NONE)
            .get();
    var catalog = FoldDriver.CATALOG;
    var read =
        Stream.concat(catalog.paired(), catalog.raised())
            .flatMap(type -> type.computedFrom().stream())
            .distinct();
    assertThat(topology.describe().subtopologies())
        .hasSize(
            (int)
                (catalog.folded().count()
                    + 2 * catalog.rolledUp().count()
                    + catalog.paired().count()
                    + read.count()
                    + 5
                    + 1
                    + 3 * catalog.scored().count()));
  }

  @Test
  void aCatalogueWithoutAnomaliesIsRefused() {
    var config = AggregatorConfig.from(Settings.of(Map.of()));
    var catalog = new RecordCatalog(HubRecords.ALL);
    assertThatThrownBy(
            () ->
                new AggregationTopology(
                    catalog, config, new FakeRegistry(), AggregatorMetrics.NONE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("AnomalyEvent");
  }

  private void restart(Map<String, String> settings) {
    driver.close();
    driver = new FoldDriver(START, settings);
  }

  private List<GenericRecord> windows5s() {
    return driver.read(HubRecords.WINDOWS_5S);
  }

  private void hub(String asset, long second, double value) {
    driver.send(HubRecords.SAMPLES, hubRecord(asset, second, value));
  }

  private static GenericRecord hubRecord(String asset, long second, double value) {
    return HubSample.of(asset, micros(second), value);
  }

  /** A station's level around -20, one sample a second, raised by {@code raised}. */
  private void play(Random random, int from, int to, double raised) {
    var schema = AudioRecords.SAMPLES.schema();
    for (var second = from; second < to; second++) {
      var record = new GenericData.Record(schema);
      record.put("trace_id", "call");
      record.put("station_key", "S");
      record.put("station_group", "G");
      record.put("tap", new GenericData.EnumSymbol(schema.getField("tap").schema(), "PRE"));
      record.put("metric_key", "pcm.rms_dbfs");
      record.put("recorded_at", micros(second));
      record.put("value", -20 + 0.5 * random.nextGaussian() + raised);
      driver.send(AudioRecords.SAMPLES, record);
      if (second % 60 == 0) {
        driver.pass(Duration.ofSeconds(60));
      }
    }
  }

  private static long micros(long second) {
    return (START.getEpochSecond() + second) * 1_000_000;
  }

  private static List<Object> keys(List<GenericRecord> baselines) {
    return baselines.stream().map(b -> b.get("baseline_key")).toList();
  }

  private static Map<String, String> text(GenericRecord record, String field) {
    var text = new HashMap<String, String>();
    ((Map<?, ?>) record.get(field)).forEach((k, v) -> text.put(k.toString(), v.toString()));
    return text;
  }

  private static String header(TestRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
