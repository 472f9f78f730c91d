package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Fixtures;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** Where a value lies, and what it must be. */
class ConditionTest {
  private static final RecordType ANOMALIES = InsightRecords.ANOMALIES;

  @Test
  void aPlaceIsAFieldOrAnEntryOfAMap() {
    var incident = Fixtures.full(ANOMALIES);
    incident.put("series", Map.of(new Utf8("asset_id"), new Utf8("gpt")));
    assertThat(Place.of("metric_name").textIn(incident)).isEqualTo("ping_latency_ms");
    assertThat(Place.of("series.asset_id").textIn(incident)).isEqualTo("gpt");
    assertThat(Place.of("series.asset_id").name()).isEqualTo("asset_id");
    assertThat(Place.of("series.tenant_id").in(incident)).isNull();
    incident.put("metric_unit", null);
    assertThat(Place.of("metric_unit").textIn(incident)).isNull();
  }

  @Test
  void aPlaceThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Condition.known("weight").requireIn(ANOMALIES.schema()))
        .hasMessageContaining("no field 'weight'");
    assertThatThrownBy(() -> Condition.known("metric_name.x").requireIn(ANOMALIES.schema()))
        .hasMessageContaining("no entry of a map");
  }

  @Test
  void oneOfSeveralPlacesIsEnough() {
    var known = Condition.known("correlation_id", "parent_event_id");
    var event = Fixtures.full(HubRecords.EVENTS);
    assertThat(known.holds(event)).isTrue();
    event.put("correlation_id", null);
    assertThat(known.holds(event)).isTrue();
    event.put("parent_event_id", null);
    assertThat(known.holds(event)).isFalse();
  }

  @Test
  void textIsComparedWhateverItsCase() {
    var grave = Condition.oneOf("severity", "Error", "fatal");
    var event = Fixtures.full(HubRecords.EVENTS);
    assertThat(grave.holds(event)).isFalse();
    event.put("severity", new Utf8("FATAL"));
    assertThat(grave.holds(event)).isTrue();
    event.put("severity", "error");
    assertThat(grave.holds(event)).isTrue();
    assertThat(Condition.oneOf("asset_id", "null").holds(Fixtures.sparse(HubRecords.EVENTS)))
        .isFalse();
  }

  @Test
  void aTopicIsThatOfItsTypeUnderWhateverPrefix() {
    var ours = Condition.ofTopic("source_topic", HubRecords.SAMPLES);
    var incident = Fixtures.full(ANOMALIES);
    incident.put("source_topic", "hub.samples");
    assertThat(ours.holds(incident)).isTrue();
    assertThat(ours.prefixed("test.").holds(incident)).isFalse();
    incident.put("source_topic", "test.hub.samples");
    assertThat(ours.prefixed("test.").holds(incident)).isTrue();
  }
}
