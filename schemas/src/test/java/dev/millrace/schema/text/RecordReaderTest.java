package dev.millrace.schema.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
  private static final Map<String, String> SAMPLE =
      Map.of("asset_id", "nyc", "metric_name", "taxi", "timestamp", "2014-07-01", "value", "1.5");

  @Test
  void textFillsFieldsAndDefaults() {
    var record = text(HubRecords.SAMPLES, SAMPLE);

    assertThat(record.get("asset_id")).isEqualTo("nyc");
    assertThat(record.get("value")).isEqualTo(1.5);
    assertThat(record.get("timestamp")).isEqualTo(1_404_172_800_000_000L);
    assertThat(record.get("tenant_id")).hasToString("default");
    assertThat(record.get("dimensions")).isNull();
  }

  @Test
  void textMayHoldJson() {
    var record = text(HubRecords.SAMPLES, with(SAMPLE, "dimensions", "{\"region\":\"eu\"}"));
    assertThat(record.get("dimensions")).isEqualTo(Map.of("region", "eu"));
  }

  @Test
  void emptyTextIsNoValue() {
    assertThat(text(HubRecords.SAMPLES, with(SAMPLE, "tenant_id", "")).get("tenant_id"))
        .hasToString("default");
    assertThatThrownBy(() -> text(HubRecords.SAMPLES, with(SAMPLE, "value", "")))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> assertThat(failure.code()).isEqualTo(SchemaFailure.FIELD_REQUIRED))
        .hasMessageContaining("'value'");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "value, 12;5, FIELD_UNREADABLE, 'value' must be a number; not '12;5'",
        "timestamp, noon, FIELD_UNREADABLE, 'timestamp' must be a time",
        "dimensions, {, FIELD_UNREADABLE, 'dimensions' must be a JSON object",
        "valeu, 1, UNKNOWN_FIELD, did you mean 'value'?",
      })
  void badTextIsNamed(String field, String text, SchemaFailure code, String message) {
    assertThatThrownBy(() -> text(HubRecords.SAMPLES, with(SAMPLE, field, text)))
        .isInstanceOfSatisfying(
            MillraceException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message.replace("; not", ", not"));
  }

  @Test
  void enumsTakeTheirSymbolsOnly() {
    var values = Map.of("device_ip", "10.0.0.1", "recorded_at", "2026-01-01", "ping_status", "up");
    assertThat(text(NetworkRecords.AVAILABILITY_READINGS, values).get("ping_status"))
        .hasToString("up");
    assertThatThrownBy(
            () ->
                text(NetworkRecords.AVAILABILITY_READINGS, with(values, "ping_status", "sideways")))
        .hasMessageContaining("'ping_status' must be one of [up, down, timeout, unreachable]")
        .hasMessageContaining("'sideways'");
  }

  @Test
  void arraysHoldNumbersToo() throws JsonProcessingException {
    var alert =
        """
        {"alert_type": "motion", "severity": 3, "title": "t", "description": "d",
         "created_at": "2026-03-01", "detected_objects": ["7"], "frame_references": %s}""";
    var record = json(CameraRecords.ALERTS, alert.formatted("[12450, \"7\"]"));
    assertThat(record.get("frame_references")).isEqualTo(List.of(12_450L, 7L));
    assertThat(record.get("detected_objects")).isEqualTo(List.of("7"));
    assertThatThrownBy(() -> json(CameraRecords.ALERTS, alert.formatted("[1, \"x\"]")))
        .hasMessageContaining("'frame_references' must be a number, not 'x'");
  }

  @Test
  void jsonFieldsKeepTheirJson() throws JsonProcessingException {
    var record =
        json(
            CameraRecords.SYSTEM_METRICS,
            """
            {"metric_name": "cpu", "metric_type": "gauge", "component": "host", "value": "1.5",
             "tags": {"rack": 3}, "metric_timestamp": 1404174600}""");
    assertThat(record.get("tags")).isEqualTo("{\"rack\":3}");
    assertThat(record.get("value")).isEqualTo(1.5);
    assertThat(record.get("metric_timestamp")).isEqualTo(1_404_174_600_000_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]| not a JSON object but ARRAY",
        "{\"asset_id\": null}| 'asset_id' must be given, not 'null'",
        "{\"asset_id\": {\"a\": 1}}| 'asset_id' must be text",
        "{\"value\": [1]}| 'value' must be a single value",
        "{\"dimensions\": [1]}| 'dimensions' must be a JSON object",
        "{\"value\": 1}| field 'asset_id' is required",
      })
  void badJsonIsNamed(String json, String message) {
    assertThatThrownBy(() -> json(HubRecords.SAMPLES, json)).hasMessageContaining(message);
  }

  private static GenericRecord text(RecordType type, Map<String, String> values) {
    return new RecordReader(type.schema()).fromText(values);
  }

  private static GenericRecord json(RecordType type, String json) throws JsonProcessingException {
    return new RecordReader(type.schema()).fromJson(new ObjectMapper().readTree(json));
  }

  private static Map<String, String> with(Map<String, String> values, String key, String value) {
    var changed = new HashMap<>(values);
    changed.put(key, value);
    return changed;
  }
}
