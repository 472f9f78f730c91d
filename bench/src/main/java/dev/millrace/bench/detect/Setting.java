package dev.millrace.bench.detect;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How fast the values of a series come, and what the detector is told for it. */
enum Setting {
  /** The finest windows of the pipeline, and its settings as they are out of the box. */
  SECONDS("5s", Duration.ofSeconds(5), Duration.ofDays(2), Duration.ofHours(6), Duration.ofDays(7)),

  /** Rows of a file, with a day for cool-down and new level, as the help of `detect` has it. */
  MINUTES(
      "5m", Duration.ofMinutes(5), Duration.ofDays(21), Duration.ofDays(3), Duration.ofDays(182)),

  /** The same, with the open score of nab.properties. */
  MINUTES_SENSITIVE(
      "5m-sensitive",
      Duration.ofMinutes(5),
      Duration.ofDays(21),
      Duration.ofDays(3),
      Duration.ofDays(182));

  /**
   * On clean data false alarms count from then on: every hour of the week was seen often enough.
   */
  static final Duration CLEAN_WARM_UP = Duration.ofDays(21);

  private final String title;
  private final Duration window;
  private final Duration warmUp;
  private final Duration apart;
  private final Duration clean;

  Setting(String title, Duration window, Duration warmUp, Duration apart, Duration clean) {
    this.title = title;
    this.window = window;
    this.warmUp = warmUp;
    this.apart = apart;
    this.clean = clean;
  }

  String title() {
    return title;
  }

  /** What is not as it is out of the box. */
  Map<String, String> settings() {
    var day = Long.toString(Duration.ofDays(1).toMillis());
    var ofMinutes = Map.of("aggregator.cool_down_ms", day, "aggregator.level_change_ms", day);
    return switch (this) {
      case SECONDS -> Map.of();
      case MINUTES -> ofMinutes;
      case MINUTES_SENSITIVE -> {
        var sensitive = new HashMap<>(ofMinutes);
        sensitive.put("aggregator.open_score", "0.5");
        yield sensitive;
      }
    };
  }

  DetectionConfig detection() {
    return DetectionConfig.from(Settings.of(settings()));
  }

  long windowMicros() {
    return window.toSeconds() * 1_000_000;
  }

  /** Windows before the first anomaly. */
  int warmUp() {
    return windows(warmUp);
  }

  /** Least windows from one anomaly to the next; there are up to three times as many. */
  int apart() {
    return windows(apart);
  }

  /** Windows of clean data before those that count, and with them. */
  int cleanFrom() {
    return windows(CLEAN_WARM_UP);
  }

  int cleanUntil() {
    return windows(CLEAN_WARM_UP.plus(clean));
  }

  /** Windows after which a level is a new one. */
  int levelChange() {
    return (int) (detection().detector().ending().levelChangeMicros() / windowMicros());
  }

  private int windows(Duration time) {
    return (int) time.dividedBy(window);
  }

  @Override
  public String toString() {
    return title;
  }
}
