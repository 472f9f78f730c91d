package dev.millrace.aggregate;

import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.anomaly.Direction;
import dev.millrace.aggregate.baseline.BaselineConfig;
import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How baselines learn and what is an anomaly. */
public record DetectionConfig(BaselineConfig baseline, DetectorConfig detector) {
  private static final long MICROS_OF_MILLI = 1_000;
  private static final double CLIP_SIGMA = 3;

  /** A thousand years: beyond it, microseconds overflow. */
  private static final long LONGEST_MS = 31_556_952_000_000L;

  private static final Key NORMAL =
      new Key("aggregator.normal_sigma", "1.5", "within an incident, normal is nearer than that");
  private static final Key WARNING =
      new Key("aggregator.warning_sigma", "2", "a window beyond so many sigma is a warning");
  private static final Key CRITICAL =
      new Key("aggregator.critical_sigma", "3", "and beyond so many, critical");
  private static final Key OPEN_SCORE =
      new Key("aggregator.open_score", "0.65", "how rare a warning opens an incident, 0 to 1");
  private static final Key WARM_UP =
      new Key("aggregator.warm_up_windows", "240", "windows of a series before its score decides");
  private static final Key KNOWN =
      new Key("aggregator.known_windows", "60", "before that, windows a baseline must know");
  private static final Key IMMEDIATE =
      new Key("aggregator.immediate_sigma", "5", "then, one window beyond so many opens one");
  private static final Key OPEN_CRITICAL =
      new Key("aggregator.open_after_critical_windows", "2", "or so many critical ones in a row");
  private static final Key OPEN_WARNING =
      new Key("aggregator.open_after_warning_windows", "4", "or so many warnings in a row");
  private static final Key CLOSE =
      new Key("aggregator.close_after_windows", "3", "normal windows in a row that close one");
  private static final Key MERGE_GAP =
      new Key("aggregator.merge_gap_ms", "30000", "quiet time that does not end an incident");
  private static final Key COOL_DOWN =
      new Key("aggregator.cool_down_ms", "900000", "after an alarm only what is rarer opens one");
  private static final Key LEVEL_CHANGE =
      new Key("aggregator.level_change_ms", "21600000", "what deviates so long is the new normal");
  private static final Key FLATLINE =
      new Key("aggregator.flatline_windows", "24", "windows without change; 0 for no flatlines");
  private static final Key TREND =
      new Key("aggregator.trend_windows", "20", "a deviation that took so long to come is a trend");
  private static final Key ALTERNATIONS =
      new Key("aggregator.oscillation_swings", "6", "warnings to alternate sides that are one");
  private static final Key MISSING =
      new Key("aggregator.missing_ms", "900000", "silence of a series that is missing, at least");
  private static final Key MIN_DEVIATION =
      new Key("aggregator.min_deviation", "0", "smaller deviations are normal, in metric units");
  private static final Key MIN_DEVIATION_PCT =
      new Key("aggregator.min_deviation_pct", "1", "smaller deviations are normal, in percent");
  private static final Key DIRECTION =
      new Key("aggregator.direction", "both", "which deviations matter: both, up or down");
  private static final Key MIN_SAMPLES =
      new Key("aggregator.min_samples", "16", "windows a baseline learns before it judges");
  private static final Key MIN_WEEKS =
      new Key("aggregator.min_weeks", "3", "weeks before an hour of the week is judged by itself");
  private static final Key HALF_LIFE =
      new Key("aggregator.baseline_half_life_ms", "1209600000", "age at which a value weighs half");
  private static final Key FLOOR =
      new Key("aggregator.stddev_floor", "0.000001", "least sigma, in metric units");
  private static final Key FLOOR_PCT =
      new Key("aggregator.stddev_floor_pct", "1", "least sigma, in percent of the mean");

  /** Every key of detection. */
  public static final List<Key> KEYS =
      List.of(
          NORMAL,
          WARNING,
          CRITICAL,
          OPEN_SCORE,
          WARM_UP,
          KNOWN,
          IMMEDIATE,
          OPEN_CRITICAL,
          OPEN_WARNING,
          CLOSE,
          MERGE_GAP,
          COOL_DOWN,
          LEVEL_CHANGE,
          FLATLINE,
          TREND,
          ALTERNATIONS,
          MISSING,
          MIN_DEVIATION,
          MIN_DEVIATION_PCT,
          DIRECTION,
          MIN_SAMPLES,
          MIN_WEEKS,
          HALF_LIFE,
          FLOOR,
          FLOOR_PCT);

  /** Reads the keys; problems are noted in {@code settings}. */
  public static DetectionConfig from(Settings settings) {
    return new DetectionConfig(baseline(settings), detector(settings));
  }

  private static BaselineConfig baseline(Settings settings) {
    return new BaselineConfig(
        (int) settings.integer(MIN_SAMPLES, 2, 1_000_000),
        (int) settings.integer(MIN_WEEKS, 1, 520),
        settings.integer(HALF_LIFE, 1, Long.MAX_VALUE / MICROS_OF_MILLI) * MICROS_OF_MILLI,
        CLIP_SIGMA,
        settings.decimal(FLOOR, Double.MIN_NORMAL, Double.MAX_VALUE),
        settings.decimal(FLOOR_PCT, 0, 1_000) / 100);
  }

  private static DetectorConfig detector(Settings settings) {
    return new DetectorConfig(
        sigmas(settings),
        new DetectorConfig.Size(
            settings.decimal(MIN_DEVIATION, 0, Double.MAX_VALUE),
            settings.decimal(MIN_DEVIATION_PCT, 0, Double.MAX_VALUE),
            direction(settings)),
        new DetectorConfig.Opening(
            (int) settings.integer(WARM_UP, 1, 1_000_000),
            settings.decimal(OPEN_SCORE, 0.01, 0.99),
            (int) settings.integer(KNOWN, 1, 1_000_000),
            (int) settings.integer(OPEN_CRITICAL, 1, 10_000),
            (int) settings.integer(OPEN_WARNING, 1, 10_000)),
        new DetectorConfig.Ending(
            (int) settings.integer(CLOSE, 1, 10_000),
            settings.integer(MERGE_GAP, 0, Integer.MAX_VALUE) * MICROS_OF_MILLI,
            settings.integer(COOL_DOWN, 0, LONGEST_MS) * MICROS_OF_MILLI,
            settings.integer(LEVEL_CHANGE, 1, LONGEST_MS) * MICROS_OF_MILLI),
        new DetectorConfig.Patterns(
            (int) settings.integer(FLATLINE, 0, 1_000_000),
            (int) settings.integer(TREND, 1, 1_000_000),
            (int) settings.integer(ALTERNATIONS, 1, 10_000),
            settings.integer(MISSING, 1, LONGEST_MS) * MICROS_OF_MILLI));
  }

  private static DetectorConfig.Sigmas sigmas(Settings settings) {
    var normal = settings.decimal(NORMAL, 0.1, 1_000);
    var warning = atLeast(settings, WARNING, NORMAL, normal);
    var critical = atLeast(settings, CRITICAL, WARNING, warning);
    return new DetectorConfig.Sigmas(
        normal, warning, critical, atLeast(settings, IMMEDIATE, CRITICAL, critical));
  }

  private static double atLeast(Settings settings, Key key, Key lower, double least) {
    var value = settings.decimal(key, 0.1, 1_000);
    if (value < least) {
      settings.problem(key, "is %s, below %s %s".formatted(value, lower.name(), least));
    }
    return Math.max(least, value);
  }

  private static Direction direction(Settings settings) {
    var given = settings.text(DIRECTION);
    return Arrays.stream(Direction.values())
        .filter(direction -> direction.name().toLowerCase(Locale.ROOT).equals(given))
        .findFirst()
        .orElseGet(
            () -> {
              settings.problem(DIRECTION, "is '" + given + "'; it must be both, up or down");
              return Direction.BOTH;
            });
  }
}
