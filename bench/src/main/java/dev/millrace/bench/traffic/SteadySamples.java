package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.Sample;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericData;

/**
 * Samples of many series, one of each in turn, evenly spaced in event time and each in order: what
 * a fleet of pollers sends that is never late. Published at the rate it has in event time, each
 * sample is published when it is measured.
 */
public final class SteadySamples implements Traffic {
  private static final double MICROS = 1e6;

  private final String tenant;
  private final String[] assets;
  private final double perSecond;
  private final long fromMicros;

  /**
   * Samples of series of their own.
   *
   * @param tenant whose series they are; those of another tenant are others
   * @param series how many
   * @param perSecond samples a second of event time, of all series together
   * @param from event time of the first
   */
  public SteadySamples(String tenant, int series, double perSecond, Instant from) {
    this.tenant = tenant;
    this.assets =
        IntStream.range(0, series).mapToObj(each -> "asset-" + each).toArray(String[]::new);
    this.perSecond = perSecond;
    this.fromMicros = ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  public int series() {
    return assets.length;
  }

  /** The series of a sample, from 0. */
  public int series(long number) {
    return (int) (number % assets.length);
  }

  /** The series that an asset is; what {@link #message} names it by. */
  public static int series(CharSequence asset) {
    return Integer.parseInt(asset, "asset-".length(), asset.length(), 10);
  }

  /** The event time of a sample. */
  public long micros(long number) {
    return fromMicros + (long) (number / perSecond * MICROS);
  }

  @Override
  public RecordType type() {
    return HubRecords.SAMPLES;
  }

  @Override
  public Message message(long number) {
    var random = new SplittableRandom(number * 0x9E3779B97F4A7C15L);
    var sample = new GenericData.Record(Sample.getClassSchema());
    sample.put("tenant_id", tenant);
    sample.put("asset_id", assets[series(number)]);
    sample.put("metric_type", "gauge");
    sample.put("metric_name", "load");
    sample.put("timestamp", micros(number));
    sample.put("value", 50 + 10 * random.nextDouble());
    return new Message(MessageKey.text(type(), sample), Optional.of(sample));
  }
}
