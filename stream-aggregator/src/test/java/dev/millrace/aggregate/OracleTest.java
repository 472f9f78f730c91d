package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Tier;
import dev.millrace.schema.hub.HubRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The topology against a plain recomputation. Samples of many series at once: out of order, of the
 * same time, with gaps of seconds to hours, late ones, clocks that jump, values of every shape. For
 * each window of each tier, the last revision that was published must hold what the sorted samples
 * give that were not too late for it; and no window may be missing or more than there should be.
 *
 * <p>Too late is what comes when the series has seen a time past the window's end and the lateness:
 * that is the whole rule, and it is written here a second time.
 */
class OracleTest {
  private static final int RUNS = 20;
  private static final int SERIES = 100;
  private static final int MOST_SAMPLES = 120;
  private static final Instant START = Instant.parse("2024-02-28T22:50:00Z");
  private static final long LATENESS = 60_000_000;

  /** By the exact bound of the sketch, 0.5 % of each of the two values an answer lies between. */
  private static final double SKETCH_BOUND = 0.0051;

  private static final Map<Tier, RecordType> TIERS =
      new TreeMap<>(
          Map.of(
              Tier.FIVE_SECONDS, HubRecords.WINDOWS_5S,
              Tier.ONE_MINUTE, HubRecords.WINDOWS_1M,
              Tier.FIVE_MINUTES, HubRecords.WINDOWS_5M,
              Tier.ONE_HOUR, HubRecords.WINDOWS_1H,
              Tier.ONE_DAY, HubRecords.WINDOWS_1D));

  /**
   * A sample.
   *
   * @param order of arrival
   */
  private record Sample(String series, long micros, int order, double value) {}

  private record Place(String series, Tier tier, long begin) {}

  static IntStream runs() {
    return IntStream.range(0, RUNS);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyWindowHoldsWhatAPlainRecomputationGives(int run) {
    var samples = samples(new SplittableRandom(run));
    var expected = recomputed(samples);
    var published = published(samples);
    assertThat(published.keySet()).isEqualTo(expected.keySet());
    published.forEach((place, window) -> assertSame(place, window, expected.get(place)));
  }

  /** Of all series mixed, each with its own clock. */
  private static List<Sample> samples(SplittableRandom random) {
    var clocks = new long[SERIES];
    for (var i = 0; i < SERIES; i++) {
      clocks[i] = micros(START) + random.nextLong(7_200_000_000L);
    }
    var samples = new ArrayList<Sample>();
    for (var i = 0; i < SERIES * MOST_SAMPLES / 2; i++) {
      var series = random.nextInt(SERIES);
      clocks[series] += step(series, random);
      var time = clocks[series] - jitter(random);
      samples.add(new Sample("s" + series, time, i, value(series, random)));
      if (random.nextInt(20) == 0) {
        samples.add(new Sample("s" + series, time, i, value(series, random)));
      }
    }
    return samples;
  }

  private static long step(int series, SplittableRandom random) {
    return switch (random.nextInt(50)) {
      case 0 -> random.nextLong(20_000_000_000L);
      case 1, 2 -> random.nextLong(200_000_000);
      default -> series % 3 == 0 ? 1_000_000 : random.nextLong(3_000_000);
    };
  }

  private static long jitter(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> random.nextLong(400_000_000);
      case 1 -> random.nextLong(70_000_000);
      case 2, 3, 4 -> random.nextLong(10_000_000);
      default -> 0;
    };
  }

  private static double value(int series, SplittableRandom random) {
    return switch (series % 5) {
      case 0 -> 42.5;
      case 1 -> -20 + random.nextDouble();
      case 2 -> Math.exp(6 * random.nextDouble() - 3);
      case 3 -> random.nextInt(4) == 0 ? 0 : random.nextDouble() - 0.5;
      default -> random.nextInt(10);
    };
  }

  private static Map<Place, List<Sample>> recomputed(List<Sample> samples) {
    var latest = new HashMap<String, Long>();
    var windows = new HashMap<Place, List<Sample>>();
    for (var sample : samples) {
      var now = latest.merge(sample.series(), sample.micros(), Math::max);
      for (var tier : TIERS.keySet()) {
        var begin = Math.floorDiv(sample.micros(), tier.micros()) * tier.micros();
        if (begin + tier.micros() + LATENESS > now) {
          windows
              .computeIfAbsent(new Place(sample.series(), tier, begin), place -> new ArrayList<>())
              .add(sample);
        }
      }
    }
    return windows;
  }

  /** The last revision of each window; revisions must come in order, without a gap. */
  private static Map<Place, GenericRecord> published(List<Sample> samples) {
    var settings =
        Map.of(
            "aggregator.ahead_ms", Long.toString(Duration.ofDays(30).toMillis()),
            "aggregator.lateness_ms", Long.toString(LATENESS / 1_000));
    var windows = new HashMap<Place, GenericRecord>();
    try (var driver = new FoldDriver(START, settings)) {
      samples.forEach(
          sample ->
              driver.send(
                  HubRecords.SAMPLES,
                  HubSample.of(sample.series(), sample.micros(), sample.value())));
      driver.pass(Duration.ofMinutes(11));
      TIERS.forEach(
          (tier, type) ->
              driver
                  .read(type)
                  .forEach(
                      window -> {
                        var place =
                            new Place(
                                window.get("asset_id").toString(),
                                tier,
                                (Long) window.get("timestamp"));
                        var before = windows.put(place, window);
                        assertThat(window.get("revision"))
                            .isEqualTo(before == null ? 0 : (Integer) before.get("revision") + 1);
                      }));
    }
    return windows;
  }

  private static void assertSame(Place place, GenericRecord window, List<Sample> samples) {
    var sorted =
        samples.stream()
            .sorted(Comparator.comparingLong(Sample::micros).thenComparingInt(Sample::order))
            .toList();
    var values = sorted.stream().mapToDouble(Sample::value).sorted().toArray();
    var stats = java.util.Arrays.stream(values).summaryStatistics();
    var scale = Math.max(Math.abs(stats.getMin()), Math.abs(stats.getMax()));
    assertThat(window.get("value_count")).as("%s", place).isEqualTo((long) values.length);
    assertThat(window.get("value_min")).as("%s", place).isEqualTo(stats.getMin());
    assertThat(window.get("value_max")).as("%s", place).isEqualTo(stats.getMax());
    assertClose(place, window, "value_sum", stats.getSum(), 1e-9 * scale * values.length);
    assertClose(place, window, "value_avg", stats.getAverage(), 1e-9 * scale);
    assertDeviation(place, window, values, stats.getAverage(), scale);
    assertPercentile(place, window, "value_p50", values, 0.5);
    assertPercentile(place, window, "value_p95", values, 0.95);
    assertPercentile(place, window, "value_p99", values, 0.99);
  }

  private static void assertDeviation(
      Place place, GenericRecord window, double[] values, double mean, double scale) {
    if (values.length < 2) {
      assertThat(window.get("value_stddev")).as("%s", place).isNull();
      return;
    }
    var squares = java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    assertClose(
        place, window, "value_stddev", Math.sqrt(squares / (values.length - 1)), 1e-7 * scale);
  }

  private static void assertPercentile(
      Place place, GenericRecord window, String field, double[] sorted, double quantile) {
    var rank = quantile * (sorted.length - 1);
    var below = sorted[(int) rank];
    var above = sorted[(int) Math.ceil(rank)];
    var exact = below + (above - below) * (rank - Math.floor(rank));
    var bound = SKETCH_BOUND * Math.max(Math.abs(below), Math.abs(above));
    assertClose(place, window, field, exact, sorted.length <= 64 ? 1e-12 + 1e-9 * bound : bound);
  }

  private static void assertClose(
      Place place, GenericRecord window, String field, double expected, double bound) {
    assertThat((Double) window.get(field))
        .as("%s of %s", field, place)
        .isCloseTo(expected, within(Math.max(bound, 1e-12)));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000;
  }
}
