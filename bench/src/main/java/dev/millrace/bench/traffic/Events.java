package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.Event;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.avro.generic.GenericData;

/** Events of 50 assets with JSON in them, a millisecond apart. Each is published once. */
public final class Events implements Traffic {
  private static final int ASSETS = 50;
  private static final String[] SEVERITIES = {"info", "warning", "error", "critical"};

  private final long seed;
  private final long fromMicros;

  public Events(long seed, Instant from) {
    this.seed = seed;
    this.fromMicros = ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  @Override
  public RecordType type() {
    return HubRecords.EVENTS;
  }

  @Override
  public Message message(long number) {
    var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    var event = new GenericData.Record(Event.getClassSchema());
    event.put("id", new UUID(random.nextLong(), number).toString());
    event.put("timestamp", fromMicros + number * 1_000 + random.nextInt(1_000));
    event.put("source_module", "telemetry");
    event.put("event_type", "request");
    event.put(
        "correlation_id", random.nextBoolean() ? new UUID(seed, number / 2).toString() : null);
    event.put("asset_id", "asset-" + number % ASSETS);
    event.put("severity", SEVERITIES[random.nextInt(SEVERITIES.length)]);
    event.put("environment", "production");
    event.put("tenant_id", "tenant-" + number % 5);
    event.put(
        "payload",
        "{\"number\":%d,\"latency_ms\":%d,\"region\":\"eu-%d\",\"tags\":[\"a\",\"\\u00e9\"]}"
            .formatted(number, random.nextInt(2_000), random.nextInt(3)));
    event.put("metadata", random.nextInt(4) == 0 ? null : "{\"sampled\":true}");
    return new Message(MessageKey.text(type(), event), Optional.of(event));
  }
}
