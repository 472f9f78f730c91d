package dev.millrace.bench.aggregate;

import dev.millrace.bench.traffic.Message;
import dev.millrace.bench.traffic.Traffic;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericData;

/**
 * Samples of many calls as taps measure them: one series after the other, each sample by one step
 * of time later than the one before. The first is of the time it is asked for, so that at that rate
 * the newest is as old as its way to the broker. For one publisher.
 */
final class StationSamples implements Traffic {
  private static final long SEED = 17;
  private static final int SERIES_A_STATION = 2;

  private final int series;
  private final int rate;
  private Instant begin;

  /**
   * Prepares them.
   *
   * @param series how many
   * @param rate samples a second of all
   */
  StationSamples(int series, int rate) {
    this.series = series;
    this.rate = rate;
  }

  @Override
  public RecordType type() {
    return AudioRecords.SAMPLES;
  }

  @Override
  public Message message(long number) {
    var random = new SplittableRandom(SEED ^ number * 0x9E3779B97F4A7C15L);
    var which = (int) (number % series);
    var station = which / SERIES_A_STATION;
    var schema = Sample.getClassSchema();
    var sample = new GenericData.Record(schema);
    sample.put("trace_id", "call-" + station / 6);
    sample.put("station_key", "station-" + station);
    sample.put("station_group", "PCM");
    sample.put(
        "tap",
        new GenericData.EnumSymbol(
            schema.getField("tap").schema(), which % 2 == 0 ? "PRE" : "POST"));
    sample.put("metric_key", "pcm.rms_dbfs");
    sample.put("recorded_at", micros(number));
    sample.put("value", -20 + random.nextDouble());
    return new Message(MessageKey.text(type(), sample), Optional.of(sample));
  }

  private long micros(long number) {
    if (begin == null) {
      begin = Instant.now();
    }
    var first = begin.getEpochSecond() * 1_000_000 + begin.getNano() / 1_000;
    return first + Math.multiplyExact(number, 1_000_000) / rate;
  }
}
