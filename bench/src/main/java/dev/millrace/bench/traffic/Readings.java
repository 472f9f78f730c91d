package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.camera.SystemMetric;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericData;

/**
 * Readings of 40 sources, a millisecond apart. Their table has no key but the one it makes up: a
 * reading that is stored twice is there twice.
 */
public final class Readings implements Traffic {
  private static final int SOURCES = 40;
  private static final double THOUSANDS = 1_000;

  private final long seed;
  private final long fromMicros;

  public Readings(long seed, Instant from) {
    this.seed = seed;
    this.fromMicros = ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  @Override
  public RecordType type() {
    return CameraRecords.SYSTEM_METRICS;
  }

  @Override
  public Message message(long number) {
    var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    var schema = SystemMetric.getClassSchema();
    var reading = new GenericData.Record(schema);
    reading.put("metric_name", "cpu.load");
    reading.put(
        "metric_type",
        new GenericData.EnumSymbol(schema.getField("metric_type").schema(), "gauge"));
    reading.put("component", "host");
    reading.put("source_id", "source-" + number % SOURCES);
    reading.put("value", random.nextInt(1_000_000) / THOUSANDS);
    reading.put("unit", random.nextInt(5) == 0 ? null : "percent");
    reading.put("tags", "{\"number\":" + number + "}");
    reading.put("metric_timestamp", fromMicros + number * 1_000);
    return new Message(MessageKey.text(type(), reading), Optional.of(reading));
  }
}
