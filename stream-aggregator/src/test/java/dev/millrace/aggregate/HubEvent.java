package dev.millrace.aggregate;

import dev.millrace.schema.hub.HubRecords;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** An event of the hub, of tenant {@code t}, that ties in with nothing until it is said. */
final class HubEvent {
  private final GenericRecord record = new GenericData.Record(HubRecords.EVENTS.schema());

  private HubEvent() {}

  static HubEvent of(int id, Instant time) {
    var event = new HubEvent();
    return event
        .with("id", id(id).toString())
        .with("timestamp", HubSample.micros(time))
        .with("source_module", "telemetry")
        .with("event_type", "request")
        .with("severity", "info")
        .with("environment", "production")
        .with("tenant_id", "t")
        .with("payload", "{}");
  }

  static UUID id(int number) {
    return new UUID(0x1000, number);
  }

  HubEvent with(String field, Object value) {
    record.put(field, value);
    return this;
  }

  HubEvent correlation(int number) {
    return with("correlation_id", new UUID(0x2000, number).toString());
  }

  HubEvent parent(int event) {
    return with("parent_event_id", id(event).toString());
  }

  /** An event that says something of an asset. */
  HubEvent of(String asset, String module, String severity) {
    return with("asset_id", asset).with("source_module", module).with("severity", severity);
  }

  GenericRecord record() {
    return record;
  }
}
