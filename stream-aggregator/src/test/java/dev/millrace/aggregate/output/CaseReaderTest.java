package dev.millrace.aggregate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.learn.Case;
import dev.millrace.aggregate.learn.Incident;
import dev.millrace.catalog.Millrace;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class CaseReaderTest {
  private final CaseReader reader = new CaseReader(Millrace.CATALOG.folded().toList());

  @Test
  void anIncidentIsOfTheEntityThatItsRawRecordsAreKeyedBy() {
    var event = event("hub.samples", Map.of("tenant_id", "t|1", "asset_id", "a", "x", "y"));
    var incident = reader.told(Case.of("i"), event).incident().orElseThrow();
    assertThat(incident)
        .isEqualTo(
            new Incident(
                "t\\|1|a",
                "{\"asset_id\":\"a\",\"tenant_id\":\"t|1\",\"x\":\"y\"}",
                "speed",
                "spike",
                "critical",
                10,
                Incident.OPEN,
                20));
    event.put("resolved_at", 30L);
    assertThat(reader.told(Case.of("i"), event).incident().orElseThrow().to()).isEqualTo(30);
  }

  @Test
  void ofATopicThatIsNotKnownTheEntityIsNot() {
    var event = event("elsewhere", Map.of("device_ip", "10.0.0.1"));
    assertThat(reader.told(Case.of("i"), event).incident().orElseThrow().entity()).isEmpty();
  }

  @Test
  void whatWasMissedIsToldByItsFeedback() {
    var feedback = new GenericData.Record(InsightRecords.ANOMALY_FEEDBACK.schema());
    feedback.put("verdict", "missed");
    feedback.put("judged_at", 90L);
    var bare = reader.judged(Case.of("i"), feedback).incident().orElseThrow();
    assertThat(bare).isEqualTo(new Incident("", "", "", "", "", 90, 90, 90));

    feedback.put("source_topic", "network.optical-readings");
    feedback.put("series", utf8(Map.of("device_ip", "10.0.0.1")));
    feedback.put("metric_name", "rx_power");
    feedback.put("missed_from", 40L);
    var told = reader.judged(Case.of("i"), feedback).incident().orElseThrow();
    assertThat(told.entity()).isEqualTo("10.0.0.1");
    assertThat(told.from()).isEqualTo(40);
    assertThat(told.to()).isEqualTo(90);
    feedback.put("missed_to", 60L);
    assertThat(reader.judged(Case.of("i"), feedback).incident().orElseThrow().to()).isEqualTo(60);
  }

  @Test
  void aVerdictLeavesTheIncidentAsItIs() {
    var feedback = new GenericData.Record(InsightRecords.ANOMALY_FEEDBACK.schema());
    feedback.put("verdict", "expected");
    feedback.put("judged_at", 90L);
    var judged = reader.judged(Case.of("i"), feedback);
    assertThat(judged.incident()).isEmpty();
    assertThat(judged.judgement().orElseThrow().verdict()).isEqualTo(Verdict.expected);
  }

  private static GenericRecord event(String topic, Map<String, String> series) {
    var event = new GenericData.Record(InsightRecords.ANOMALIES.schema());
    event.put("source_topic", topic);
    event.put("series", utf8(series));
    event.put("metric_name", "speed");
    event.put("anomaly_type", "spike");
    event.put("severity", "critical");
    event.put("detected_at", 10L);
    event.put("updated_at", 20L);
    return event;
  }

  /** As Avro decodes a map. */
  private static Map<Utf8, Utf8> utf8(Map<String, String> map) {
    var decoded = new HashMap<Utf8, Utf8>();
    map.forEach((name, value) -> decoded.put(new Utf8(name), new Utf8(value)));
    return decoded;
  }
}
