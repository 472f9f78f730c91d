package dev.millrace.aggregate;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * What health scores are made of, in few words: windows of hours, readings, steps of incidents.
 * Times are minutes since {@link #MIDNIGHT}.
 */
final class ScoredNetwork {
  static final Instant MIDNIGHT = Instant.parse("2024-02-29T00:00:00Z");

  private ScoredNetwork() {}

  /** One message of one of the topics that scores are made of. */
  record Message(RecordType type, GenericRecord record) {
    void sendTo(FoldDriver driver) {
      driver.send(type, record);
    }
  }

  /** The window of a device's hour. */
  static Message window(String ip, Integer site, int hour, String metric, double value) {
    return window(ip, site, null, null, hour, metric, value);
  }

  /** The same of an interface. */
  static Message window(
      String ip, Integer site, String port, int hour, String metric, double value) {
    return window(ip, site, port, null, hour, metric, value);
  }

  /** The same of a path. */
  static Message path(String from, String to, Integer site, int hour, String metric, double value) {
    return window(from, site, null, to, hour, metric, value);
  }

  private static Message window(
      String ip,
      Integer site,
      String port,
      String destination,
      int hour,
      String metric,
      double value) {
    var type = NetworkRecords.WINDOWS_1H;
    var record = new GenericData.Record(type.schema());
    record.put("device_ip", ip);
    record.put("site_id", site);
    record.put("netbox_device_id", site == null ? null : 7);
    record.put("interface_name", port);
    record.put("destination_ip", destination);
    record.put("metric_name", metric);
    record.put("stat_hour", micros(hour * 60L));
    record.put("window_ms", 3_600_000L);
    record.put("sample_count", 60);
    for (var statistic : List.of("val_avg", "val_p95", "val_p99")) {
      record.put(statistic, value);
    }
    record.put("revision", 0);
    return new Message(type, record);
  }

  /** What a ping said. */
  static Message ping(String ip, Integer site, double minute, String status) {
    var type = NetworkRecords.AVAILABILITY_METRICS;
    var record = new GenericData.Record(type.schema());
    var symbols = type.schema().getField("ping_status").schema().getTypes().get(1);
    record.put("device_ip", ip);
    record.put("site_id", site);
    record.put("ping_status", status == null ? null : new GenericData.EnumSymbol(symbols, status));
    record.put("recorded_at", micros(minute));
    return new Message(type, record);
  }

  /** A step of a device's incident. */
  static Message step(
      String id, String ip, Integer site, double minute, String status, String severity) {
    return incident(id, "device", Map.of("device_ip", ip), ip, site, minute, status, severity);
  }

  /** The same of a path, as the fold of paths publishes it. */
  static Message pathStep(
      String id, String from, String to, Integer site, double minute, String status) {
    var series = Map.of("source_ip", from, "destination_ip", to);
    return incident(id, "path", series, from, site, minute, status, "critical");
  }

  /** Any other. */
  static Message incident(
      String id,
      String scope,
      Map<String, String> series,
      String ip,
      Integer site,
      double minute,
      String status,
      String severity) {
    var type = InsightRecords.ANOMALIES;
    var record = new GenericData.Record(type.schema());
    record.put(
        "incident_id", UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString());
    symbol(record, "status", status);
    record.put("revision", List.of("opened", "updated", "closed").indexOf(status));
    record.put("source_topic", "network.availability-readings");
    record.put("scope_type", scope);
    record.put("series", new HashMap<>(series));
    record.put("device_ip", ip);
    record.put("site_id", site);
    record.put("metric_name", "availability_pct");
    for (var number : List.of("metric_value", "expected", "lower_bound", "upper_bound")) {
      record.put(number, 1.0);
    }
    symbol(record, "time_period", "daily");
    record.put("samples_seen", 100L);
    record.put("deviation_sigma", 5.0);
    symbol(record, "severity", severity);
    symbol(record, "anomaly_type", "drop");
    record.put("window_ms", 5_000L);
    record.put("anomalous_windows", 2);
    record.put("detected_at", micros(minute - 1));
    record.put("updated_at", micros(minute));
    return new Message(type, record);
  }

  private static void symbol(GenericRecord record, String field, String symbol) {
    var schema = record.getSchema().getField(field).schema();
    record.put(field, new GenericData.EnumSymbol(schema, symbol));
  }

  static long micros(double minute) {
    return MIDNIGHT.getEpochSecond() * 1_000_000 + Math.round(minute * 60_000_000);
  }
}
