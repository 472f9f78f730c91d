package dev.millrace.producer.generator;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What is generated.
 *
 * @param seed equal seeds give equal records
 * @param stations how many stations; each has {@link AudioGenerator#SERIES_PER_STATION} series
 * @param interval time between the samples of a series
 * @param warmUp how long from the begin nothing is injected
 * @param injectionGap mean time between injections, all series together; zero for none
 * @param separation least time between two injections of one series
 * @param sigmas how far beyond the seasonal band injections reach, in standard deviations of noise
 */
public record GeneratorConfig(
    long seed,
    int stations,
    Duration interval,
    Duration warmUp,
    Duration injectionGap,
    Duration separation,
    double sigmas) {

  private static final Key SEED = new Key("generator.seed", "1", "equal seeds give equal records");

  /** How many stations. */
  public static final Key STATIONS = new Key("generator.stations", "4", "how many stations");

  private static final Key INTERVAL =
      new Key("generator.interval_ms", "1000", "time between the samples of a series");
  private static final Key WARM_UP =
      new Key("generator.warm_up_ms", "3600000", "how long from the begin nothing is injected");
  private static final Key GAP =
      new Key("generator.injection_gap_ms", "60000", "mean time between injections; 0 is none");
  private static final Key SEPARATION =
      new Key("generator.separation_ms", "900000", "least time between two of one series");
  private static final Key SIGMAS =
      new Key("generator.injection_sigmas", "8", "how far beyond the seasonal band they reach");

  public static final List<Key> KEYS =
      List.of(SEED, STATIONS, INTERVAL, WARM_UP, GAP, SEPARATION, SIGMAS);

  private static final Duration YEAR = Duration.ofDays(365);

  public GeneratorConfig {
    if (stations < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("stations " + stations + ", interval " + interval);
    }
  }

  /** Reads the keys; problems are noted in {@code settings}. */
  public static GeneratorConfig from(Settings settings) {
    return new GeneratorConfig(
        settings.integer(SEED, Long.MIN_VALUE, Long.MAX_VALUE),
        (int) settings.integer(STATIONS, 1, 1_000_000),
        settings.millis(INTERVAL, Duration.ofMillis(1), Duration.ofHours(1)),
        settings.millis(WARM_UP, Duration.ZERO, YEAR),
        settings.millis(GAP, Duration.ZERO, YEAR),
        settings.millis(SEPARATION, Duration.ZERO, YEAR),
        settings.decimal(SIGMAS, 1, 100));
  }
}
