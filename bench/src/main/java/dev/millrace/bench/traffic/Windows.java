package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.MetricWindow;
import dev.millrace.schema.wire.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Windows of five seconds of 48 series. Of 20 windows one is the revision of an earlier one, and
 * one repeats, too late, what was revised since: the row that counts is the highest revision's.
 */
public final class Windows implements Traffic {
  private static final int SERIES = 48;
  private static final int TURN = 20;
  private static final int REVISION_AT = 9;
  private static final int STALE_AT = 19;
  private static final Duration LENGTH = Duration.ofSeconds(5);

  private final long seed;
  private final long fromMicros;

  public Windows(long seed, Instant from) {
    this.seed = seed;
    // Windows begin at whole multiples of their length.
    this.fromMicros =
        from.getEpochSecond()
            / LENGTH.toSeconds()
            * ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(LENGTH));
  }

  @Override
  public RecordType type() {
    return AudioRecords.WINDOWS_5S;
  }

  @Override
  public Message message(long number) {
    var place = (int) (number % TURN);
    return switch (place) {
      case REVISION_AT -> window(number - 5, number, 1);
      case STALE_AT -> window(number - 15, number, 0);
      default -> window(number, number, 0);
    };
  }

  /** The window that was first published as {@code first}, with the values of {@code number}. */
  private Message window(long first, long number, int revision) {
    var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    var schema = MetricWindow.getClassSchema();
    var series = (int) (first % SERIES);
    var window = new GenericData.Record(schema);
    window.put("trace_id", "call-" + series / 12);
    window.put("station_key", "station-" + series / 2 % 6);
    window.put("station_group", "PCM");
    window.put("layer", optional(schema, "layer", "core"));
    window.put("direction", null);
    window.put(
        "tap",
        new GenericData.EnumSymbol(
            schema.getField("tap").schema(), series % 2 == 0 ? "PRE" : "POST"));
    window.put("metric_key", "pcm.rms_dbfs");
    window.put("bucket_ts", fromMicros + first / SERIES * LENGTH.toNanos() / 1_000);
    window.put("bucket_ms", (int) LENGTH.toMillis());
    window.put("count", random.nextInt(1, 1_000));
    window.put("min", -40 + random.nextDouble());
    window.put("max", random.nextDouble());
    window.put("sum", random.nextDouble() * 1e6);
    window.put("avg", -random.nextDouble());
    window.put("last", random.nextInt(10) == 0 ? null : random.nextDouble() / 3);
    window.put("revision", revision);
    return new Message(MessageKey.text(type(), window), Optional.of(window));
  }

  private static GenericData.EnumSymbol optional(Schema schema, String field, String symbol) {
    return new GenericData.EnumSymbol(schema.getField(field).schema().getTypes().get(1), symbol);
  }
}
