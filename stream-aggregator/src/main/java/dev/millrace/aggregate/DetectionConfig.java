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

  private static final Key WARNING =
      new Key("aggregator.warning_sigma", "2", "a window beyond so many sigma is a warning");
  private static final Key CRITICAL =
      new Key("aggregator.critical_sigma", "3", "and beyond so many, critical");
  private static final Key IMMEDIATE =
      new Key("aggregator.immediate_sigma", "5", "one window beyond so many opens an incident");
  private static final Key OPEN_CRITICAL =
      new Key("aggregator.open_after_critical_windows", "2", "critical windows in a row that do");
  private static final Key OPEN_WARNING =
      new Key("aggregator.open_after_warning_windows", "4", "warning windows in a row that do");
  private static final Key CLOSE =
      new Key("aggregator.close_after_windows", "3", "normal windows in a row that close one");
  private static final Key MERGE_GAP =
      new Key("aggregator.merge_gap_ms", "30000", "quiet time that does not end an incident");
  private static final Key MIN_DEVIATION =
      new Key("aggregator.min_deviation", "0", "smaller deviations are normal, in metric units");
  private static final Key MIN_DEVIATION_PCT =
      new Key("aggregator.min_deviation_pct", "1", "smaller deviations are normal, in percent");
  private static final Key DIRECTION =
      new Key("aggregator.direction", "both", "which deviations matter: both, up or down");
  private static final Key MIN_SAMPLES =
      new Key("aggregator.min_samples", "60", "windows a baseline learns before it judges");
  private static final Key MIN_WEEKS =
      new Key("aggregator.min_weeks", "3", "weeks before an hour of the week is judged by itself");
  private static final Key HALF_LIFE =
      new Key("aggregator.baseline_half_life_ms", "1209600000", "age at which a value weighs half");
  private static final Key FLOOR =
      new Key("aggregator.stddev_floor", "0.000001", "least sigma, in metric units");
  private static final Key FLOOR_PCT =
      new Key("aggregator.stddev_floor_pct", "1", "least sigma, in percent of the mean");

  static final List<Key> KEYS =
      List.of(
          WARNING,
          CRITICAL,
          IMMEDIATE,
          OPEN_CRITICAL,
          OPEN_WARNING,
          CLOSE,
          MERGE_GAP,
          MIN_DEVIATION,
          MIN_DEVIATION_PCT,
          DIRECTION,
          MIN_SAMPLES,
          MIN_WEEKS,
          HALF_LIFE,
          FLOOR,
          FLOOR_PCT);

  static DetectionConfig from(Settings settings) {
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
    var warning = settings.decimal(WARNING, 0.1, 1_000);
    var critical = settings.decimal(CRITICAL, 0.1, 1_000);
    var immediate = settings.decimal(IMMEDIATE, 0.1, 1_000);
    if (critical < warning) {
      settings.problem(CRITICAL, "is %s, below %s %s".formatted(critical, WARNING.name(), warning));
    }
    if (immediate < critical) {
      settings.problem(
          IMMEDIATE, "is %s, below %s %s".formatted(immediate, CRITICAL.name(), critical));
    }
    return new DetectorConfig(
        warning,
        Math.max(warning, critical),
        Math.max(Math.max(warning, critical), immediate),
        (int) settings.integer(OPEN_CRITICAL, 1, 10_000),
        (int) settings.integer(OPEN_WARNING, 1, 10_000),
        (int) settings.integer(CLOSE, 1, 10_000),
        settings.integer(MERGE_GAP, 0, Integer.MAX_VALUE) * MICROS_OF_MILLI,
        settings.decimal(MIN_DEVIATION, 0, Double.MAX_VALUE),
        settings.decimal(MIN_DEVIATION_PCT, 0, Double.MAX_VALUE),
        direction(settings));
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
