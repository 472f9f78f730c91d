package dev.millrace.aggregate.rules;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.baseline.Baselines;
import dev.millrace.aggregate.baseline.Season;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What holds for one series. Immutable but for caches; shared by all series that it holds for. Safe
 * for use by several threads.
 */
public final class SeriesRules {
  private static final long MICROS_OF_SECOND = 1_000_000;

  private final DetectionRules of;
  private final DetectionConfig config;
  private final Baselines baselines;
  private final Detector detector;
  private final ZoneId zone;
  private final List<Times> maintenance;

  SeriesRules(
      DetectionRules of,
      DetectionConfig config,
      Season season,
      ZoneId zone,
      List<Times> maintenance) {
    this.of = of;
    this.config = config;
    this.baselines = new Baselines(config.baseline(), season);
    this.detector = new Detector(config.detector());
    this.zone = zone;
    this.maintenance = List.copyOf(maintenance);
  }

  /** Whether they are of these rules, and not of ones that have been replaced. */
  public boolean areOf(DetectionRules rules) {
    return of == rules;
  }

  public DetectionConfig config() {
    return config;
  }

  public Baselines baselines() {
    return baselines;
  }

  public Detector detector() {
    return detector;
  }

  /** Whether an event time is in maintenance: what happens then is neither judged nor learned. */
  public boolean isMaintained(long micros) {
    if (maintenance.isEmpty()) {
      return false;
    }
    var instant = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_OF_SECOND));
    return maintenance.stream().anyMatch(times -> times.hold(instant, zone));
  }
}
