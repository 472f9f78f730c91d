package dev.millrace.bench.fold;

import dev.millrace.bench.traffic.Message;
import dev.millrace.bench.traffic.Traffic;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.Sample;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericData;

/**
 * Samples of 60 series, five a second of each, most in order. Of a hundred, some come seconds late,
 * one half a minute, and now and then one later than any window of 5 s or 1 min takes.
 */
final class FoldTraffic implements Traffic {
  static final int SERIES = 60;

  private static final long STEP_MICROS = 200_000;

  private final long seed;
  private final long fromMicros;

  FoldTraffic(long seed, Instant from) {
    this.seed = seed;
    this.fromMicros = from.getEpochSecond() * 1_000_000;
  }

  /**
   * One sample.
   *
   * @param series from 0
   * @param micros event time
   */
  record Value(int series, long micros, double value) {}

  Value value(long number) {
    var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    var micros = fromMicros + number / SERIES * STEP_MICROS - delay(random);
    return new Value((int) (number % SERIES), micros, random.nextInt(2_000) / 16.0);
  }

  private static long delay(SplittableRandom random) {
    return switch (random.nextInt(400)) {
      case 0 -> 200_000_000L;
      case 1, 2, 3, 4 -> 30_000_000L;
      default -> random.nextInt(20) == 0 ? random.nextLong(6_000_000L) : 0;
    };
  }

  @Override
  public RecordType type() {
    return HubRecords.SAMPLES;
  }

  @Override
  public Message message(long number) {
    var value = value(number);
    var sample = new GenericData.Record(Sample.getClassSchema());
    sample.put("tenant_id", "kill");
    sample.put("asset_id", asset(value.series()));
    sample.put("metric_type", "gauge");
    sample.put("metric_name", "load");
    sample.put("timestamp", value.micros());
    sample.put("value", value.value());
    return new Message(MessageKey.text(type(), sample), Optional.of(sample));
  }

  static String asset(int series) {
    return "asset-" + series;
  }
}
