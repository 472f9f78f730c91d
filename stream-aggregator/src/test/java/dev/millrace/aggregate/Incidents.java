package dev.millrace.aggregate;

import dev.millrace.catalog.Fixtures;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Steps of incidents, as a fold publishes them. */
final class Incidents {
  private static final RecordType TYPE = InsightRecords.ANOMALIES;

  private Incidents() {}

  static UUID id(int number) {
    return new UUID(0x3000, number);
  }

  /** A step of an incident in a series of a raw type. */
  static GenericRecord step(
      int number,
      String status,
      String severity,
      Instant detected,
      RecordType raw,
      Map<String, String> series) {
    var step = Fixtures.full(TYPE);
    step.put("incident_id", id(number).toString());
    step.put("source_topic", raw.topic());
    step.put("series", series);
    step.put("status", symbol("status", status));
    step.put("severity", symbol("severity", severity));
    step.put("metric_name", "temp");
    step.put("detected_at", HubSample.micros(detected));
    step.put("updated_at", HubSample.micros(detected.plusSeconds(10)));
    return step;
  }

  private static GenericData.EnumSymbol symbol(String field, String value) {
    return new GenericData.EnumSymbol(TYPE.schema().getField(field).schema(), value);
  }
}
