package dev.millrace.aggregate;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import dev.millrace.schema.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When windows close and state is forgotten. What is empty is as the record type has it.
 *
 * @param grace see {@link Timing}
 * @param lateness see {@link Timing}
 * @param idle see {@link Timing}
 * @param ahead see {@link Timing}
 * @param forgetSeries a series is forgotten after so long without a sample
 * @param forgetBaselines a baseline is forgotten after so long without a window
 */
public record TimingConfig(
    Optional<Duration> grace,
    Optional<Duration> lateness,
    Optional<Duration> idle,
    Optional<Duration> ahead,
    Duration forgetSeries,
    Duration forgetBaselines) {
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private static final Key GRACE =
      new Key("aggregator.grace_ms", null, "wait for stragglers after a window's end");
  private static final Key LATENESS =
      new Key("aggregator.lateness_ms", null, "take late samples until so long after the end");
  private static final Key IDLE =
      new Key("aggregator.idle_timeout_ms", null, "publish open windows after so long a silence");
  private static final Key AHEAD =
      new Key("aggregator.ahead_ms", null, "refuse event times farther ahead of the clock");
  private static final Key FORGET_SERIES =
      new Key("aggregator.forget_after_ms", "86400000", "forget a series after so long a silence");
  private static final Key FORGET_BASELINES =
      new Key("aggregator.forget_baselines_after_ms", "5184000000", "forget a baseline after that");

  static final List<Key> KEYS =
      List.of(GRACE, LATENESS, IDLE, AHEAD, FORGET_SERIES, FORGET_BASELINES);

  static TimingConfig from(Settings settings) {
    return new TimingConfig(
        optional(settings, GRACE),
        optional(settings, LATENESS),
        optional(settings, IDLE),
        optional(settings, AHEAD),
        settings.millis(FORGET_SERIES, Duration.ofMillis(1), LONGEST),
        settings.millis(FORGET_BASELINES, Duration.ofMillis(1), LONGEST));
  }

  private static Optional<Duration> optional(Settings settings, Key key) {
    return settings.find(key).map(given -> settings.millis(key, Duration.ZERO, LONGEST));
  }

  /** The timing of a record type with what is given here put over it. */
  public Timing over(Timing type) {
    var waited = grace.orElse(type.grace());
    var taken = lateness.orElse(type.lateness());
    return new Timing(
        waited,
        taken.compareTo(waited) < 0 ? waited : taken,
        idle.orElse(type.idle()),
        ahead.orElse(type.ahead()));
  }
}
