package dev.millrace.aggregate;

import dev.millrace.schema.hub.HubRecords;
import java.time.Instant;
import org.apache.avro.generic.GenericData;

/** A sample of the hub, of tenant {@code t} and metric {@code temp}. */
final class HubSample {

  private HubSample() {}

  static GenericData.Record of(String asset, Instant time, double value) {
    return of(asset, micros(time), value);
  }

  static GenericData.Record of(String asset, long micros, double value) {
    var record = new GenericData.Record(HubRecords.SAMPLES.schema());
    record.put("tenant_id", "t");
    record.put("asset_id", asset);
    record.put("metric_type", "gauge");
    record.put("metric_name", "temp");
    record.put("timestamp", micros);
    record.put("value", value);
    return record;
  }

  /** Microseconds since the epoch. */
  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
