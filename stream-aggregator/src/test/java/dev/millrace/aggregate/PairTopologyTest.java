package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.series.Restorer;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events and incidents on their way through the topology to the pairs they make. */
class PairTopologyTest {
  private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");
  private static final RecordType EVENTS = HubRecords.EVENTS;
  private static final RecordType CORRELATIONS = HubRecords.CORRELATIONS;
  private static final RecordType ANOMALIES = InsightRecords.ANOMALIES;

  private FoldDriver driver = new FoldDriver(NOON.plusSeconds(3_600), Map.of());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void eventsOfOneCorrelationIdFollowFromTheFirst() {
    send(at(1, 0).correlation(1).with("source_module", "gateway"));
    send(at(2, 30).correlation(1).with("source_module", "billing"));
    send(at(3, 40).correlation(2));
    send(at(4, 450).correlation(1));

    var found = driver.read(CORRELATIONS);
    assertThat(found).extracting(PairTopologyTest::shown).containsExactly("1>2", "1>4");
    var pair = found.get(0);
    assertThat(pair.get("correlation_type")).hasToString("causal");
    assertThat(pair.get("timestamp")).isEqualTo(HubSample.micros(NOON.plusSeconds(30)));
    assertThat(pair.get("tenant_id")).hasToString("t");
    assertThat((double) pair.get("strength")).isCloseTo(1 - 0.5 * 30 / 900, within(1e-12));
    assertThat(pair.get("confidence")).isEqualTo(0.9);
    assertThat(pair.get("metadata"))
        .hasToString(
            """
            {"primary":"hub.events","related":"hub.events","lag_ms":30000,"by":"correlation_id"}""");
    assertThat(UUID.fromString(pair.get("id").toString()).version()).isEqualTo(3);
  }

  @Test
  void theMessageKeyIsThatOfTheType() {
    send(at(1, 0).correlation(1));
    send(at(2, 1).correlation(1));
    var message = driver.readRaw(CORRELATIONS.topic()).get(0);
    assertThat(MessageKey.parts(message.key())).containsExactly("t", HubEvent.id(1).toString());
  }

  @Test
  void tenantsHaveNothingToDoWithEachOther() {
    send(at(1, 0).correlation(1));
    send(at(2, 1).correlation(1).with("tenant_id", "another"));
    send(at(3, 0).of("gpt", "gateway", "error"));
    send(at(4, 1).of("gpt", "billing", "error").with("tenant_id", "another"));
    assertThat(driver.read(CORRELATIONS)).isEmpty();
  }

  @Test
  void anEventFollowsFromTheParentItNames() {
    send(at(2, 5).parent(1));
    assertThat(shown()).containsExactly("1>2");
  }

  @Test
  void graveEventsOfDifferentModulesOfOneAssetAreCloseInTime() {
    send(at(1, 0).of("gpt", "gateway", "error"));
    send(at(2, 15).of("gpt", "billing", "CRITICAL"));
    send(at(3, 16).of("gpt", "cache", "warning"));
    send(at(4, 17).of("gpt", "billing", "error"));
    send(at(5, 18).of("gemini", "billing", "error"));
    send(at(6, 19).of("gpt", "search", "error").with("environment", "staging"));
    send(at(7, 20).of(null, "search", "error"));

    var found = driver.read(CORRELATIONS);
    assertThat(found).extracting(PairTopologyTest::shown).containsExactly("1>2");
    assertThat(found.get(0).get("correlation_type")).hasToString("temporal");
    assertThat(found.get(0).get("strength")).isEqualTo(0.75);
    assertThat(found.get(0).get("confidence")).isEqualTo(0.5);
    assertThat(found.get(0).get("metadata").toString()).contains("\"candidates\":1");
  }

  @Test
  void anIncidentThatOpensIsTiedToNotableEventsOfItsAsset() {
    send(at(1, 0).of("gpt", "gateway", "warning"));
    send(at(2, 1).of("gpt", "deploy", "info"));
    incident(9, 60, "opened", HubRecords.SAMPLES, "gpt");
    incident(9, 60, "updated", HubRecords.SAMPLES, "gpt");
    incident(9, 60, "closed", HubRecords.SAMPLES, "gpt");
    incident(8, 60, "opened", HubRecords.SAMPLES, "gemini");
    incident(7, 60, "opened", NetworkRecords.PATH_READINGS, "gpt");
    send(at(3, 90).of("gpt", "cache", "error"));

    var found = driver.read(CORRELATIONS);
    assertThat(found)
        .extracting(r -> r.get("correlation_type").toString())
        .containsOnly("anomaly")
        .hasSize(2);
    var before = found.get(0);
    assertThat(before.get("primary_event_id")).hasToString(HubEvent.id(1).toString());
    assertThat(before.get("related_event_id")).hasToString(Incidents.id(9).toString());
    assertThat(before.get("strength")).isEqualTo(0.8);
    assertThat(before.get("metadata").toString())
        .startsWith("{\"primary\":\"hub.events\",\"related\":\"anomalies\",\"lag_ms\":60000");
    var after = found.get(1);
    assertThat(after.get("primary_event_id")).hasToString(Incidents.id(9).toString());
    assertThat(after.get("metadata").toString()).contains("\"primary\":\"anomalies\"");
    assertThat(after.get("timestamp")).isEqualTo(HubSample.micros(NOON.plusSeconds(90)));
  }

  @Test
  void whatIsPublishedAgainMakesNoPairAgain() {
    for (var round = 0; round < 3; round++) {
      play();
      driver.pass(Duration.ofMinutes(1));
    }
    assertThat(shown()).containsExactly("1>2", "3>4", "4>9", "3>9");
  }

  @Test
  void afterARestartItGoesOnAsIfNothingHadBeen() {
    var first = driver;
    play();
    assertThat(shown()).hasSize(4);
    driver = new FoldDriver(NOON.plusSeconds(7_200), Map.of(), first.registry());
    restore(first);
    first.close();
    play();
    assertThat(shown()).as("nothing twice").isEmpty();
    send(at(5, 40).correlation(1));
    assertThat(shown()).containsExactly("1>5");
  }

  /** What has no state any more, after a reset, gives the same records again. */
  @Test
  void withoutItsStateTheSamePairsHaveTheSameIds() {
    play();
    var before = driver.read(CORRELATIONS);
    driver.close();
    driver = new FoldDriver(NOON.plusSeconds(9_999), Map.of());
    play();
    assertThat(driver.read(CORRELATIONS)).isEqualTo(before).hasSize(4);
  }

  @Test
  void groupsAreForgotten() {
    play();
    driver.pass(Duration.ofMinutes(31));
    play();
    assertThat(shown()).hasSize(8);
  }

  @Test
  void mostEventsAreNotSentOn() {
    for (var i = 0; i < 100; i++) {
      send(at(i, i).of("gpt", "gateway", "info"));
    }
    assertThat(sentOn()).isZero();
    send(at(200, 1).correlation(1).of("gpt", "gateway", "info"));
    assertThat(sentOn()).isEqualTo(1);
  }

  @Test
  void nothingStopsAtWhatCannotBeRead() {
    driver.sendBytes(EVENTS, new byte[] {1}, null);
    driver.sendBytes(EVENTS, new byte[] {1}, new byte[] {1, 2, 3});
    driver.sendBytes(ANOMALIES, null, new byte[] {0, 0, 0, 0, 77, 5});
    send(at(1, 0).correlation(1).with("id", "no uuid"));
    send(at(2, 0).correlation(1).with("parent_event_id", "no uuid"));
    send(at(3, 0).correlation(1).with("timestamp", Long.MIN_VALUE));
    send(at(4, 0).correlation(1).with("timestamp", Long.MAX_VALUE));
    send(at(5, 1).correlation(1));
    assertThat(shown()).containsExactly("2>5");
  }

  /** A clock that is an hour fast does not hide what is to come. */
  @Test
  void whatIsAheadOfTheClockIsNotBelieved() {
    send(at(1, 3_600 + 301).of("gpt", "gateway", "error"));
    send(at(2, 0).of("gpt", "gateway", "error"));
    send(at(3, 1).of("gpt", "billing", "error"));
    assertThat(shown()).containsExactly("2>3");
  }

  private static HubEvent at(int id, long second) {
    return HubEvent.of(id, NOON.plusSeconds(second));
  }

  private void send(HubEvent event) {
    driver.send(EVENTS, event.record());
  }

  /** One pair by each rule, and one more: an incident with two events near it. */
  private void play() {
    send(at(1, 0).correlation(1));
    send(at(2, 10).correlation(1));
    send(at(3, 20).of("gpt", "gateway", "error"));
    send(at(4, 30).of("gpt", "billing", "error"));
    incident(9, 35, "opened", HubRecords.SAMPLES, "gpt");
  }

  private void incident(int id, long second, String status, RecordType raw, String asset) {
    var series = Map.of("tenant_id", "t", "asset_id", asset, "metric_name", "temp");
    var detected = NOON.plusSeconds(second);
    driver.send(ANOMALIES, Incidents.step(id, status, "warning", detected, raw, series));
  }

  private int sentOn() {
    return driver.readRaw("test-hub.correlations-hub.events-repartition").size();
  }

  private void restore(FoldDriver from) {
    for (var record : from.readRaw("test-hub.correlations-groups-changelog")) {
      Restorer.restore(driver.store("hub.correlations-groups"), record.key(), record.value());
    }
  }

  private List<String> shown() {
    return driver.read(CORRELATIONS).stream().map(PairTopologyTest::shown).toList();
  }

  private static String shown(GenericRecord pair) {
    return number(pair, "primary_event_id") + ">" + number(pair, "related_event_id");
  }

  private static long number(GenericRecord pair, String field) {
    return UUID.fromString(pair.get(field).toString()).getLeastSignificantBits();
  }
}
