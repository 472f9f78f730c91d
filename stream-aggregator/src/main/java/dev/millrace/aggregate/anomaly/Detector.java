package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges the closed windows of a series against what was expected of them, and makes incidents of
 * what is both far off and rare.
 *
 * <p>Far off alone is no incident: of normal noise, one window in 22 lies beyond 2 sigma, and of a
 * skewed metric many more. Nor is rare alone: a value that nothing is wrong with may never have
 * been before. So a window opens an incident if it is beyond a threshold of sigma and its {@link
 * dev.millrace.aggregate.rarity.Rarity} is beyond that of {@link DetectorConfig.Opening#score}. A
 * flatline and a swing from side to side open one by themselves. Stateless; what is remembered of a
 * series is its {@link History} and its {@link Watch}.
 */
public final class Detector {
  /** A silence is one that is so much longer than any of late. */
  private static final double LONGER = 3;

  private final DetectorConfig config;

  public Detector(DetectorConfig config) {
    this.config = config;
  }

  public DetectorConfig config() {
    return config;
  }

  /**
   * Judges one window. A window that is not later than the last one judged is passed over.
   *
   * @param beginMicros begin of the window, microseconds since the epoch
   * @param endMicros its end, exclusive
   * @param norm what is expected of it; empty while nothing is, and then it is only remembered
   * @return its score, 0 to 1: how much it deserves to be looked at; half of that if it is no
   *     warning, or belongs to what was alarmed of
   */
  public double judge(
      Watch watch,
      History history,
      long beginMicros,
      long endMicros,
      double value,
      Optional<Norm> norm,
      Feedback feedback,
      IncidentListener out) {
    if (beginMicros <= watch.judgedMicros()) {
      return 0;
    }
    if (watch.judgedMicros() != Long.MIN_VALUE) {
      history.pattern().gap(beginMicros - watch.judgedMicros());
    }
    watch.judged(beginMicros);
    if (norm.isEmpty()) {
      history.rarity().add(value, Double.NaN, 1);
      history.rarity().learn(false);
      history.pattern().add(value, 0, 0, 0);
      return 0;
    }
    var score = look(history, value, norm.get());
    var window = new Decision.Judged(beginMicros, endMicros, score, level(score));
    return new Decision(this, watch, history, feedback, out).of(window);
  }

  private Score look(History history, double value, Norm norm) {
    var rarity = history.rarity().add(value, norm.mean(), norm.stddev());
    var score = new Score(value, norm, rarity);
    var sigma = level(score).isPresent() ? score.sigma() : 0;
    var run = history.rarity().run() / norm.stddev();
    history.pattern().add(value, sigma, config.sigmas().warning(), run);
    return score;
  }

  /** Closes what is open of a series that has fallen silent, but for what is open because of it. */
  public void closeSilent(Watch watch, IncidentListener out) {
    if (watch.open().filter(type -> type == AnomalyType.missing).isEmpty()) {
      giveUp(watch, out);
    }
  }

  /** Closes what is open of a series that is no longer waited for. */
  public void giveUp(Watch watch, IncidentListener out) {
    watch.incident().filter(Incident::isOpen).ifPresent(incident -> close(watch, incident, out));
    watch.forget();
  }

  /**
   * How long a series may be silent before it is missing, in microseconds; empty if it was not
   * judged for long enough to be expected.
   */
  public OptionalLong patience(History history) {
    if (history.seen() <= config.opening().warmUp()) {
      return OptionalLong.empty();
    }
    var usual = (long) (LONGER * history.pattern().longestGap());
    return OptionalLong.of(Math.max(config.patterns().missingMicros(), usual));
  }

  /**
   * Opens an incident of a series that should have reported and has not; it ends with the next
   * window.
   *
   * @param sinceMicros when the next window should have begun
   * @param nowMicros when it was noticed that it had not
   * @param norm what would be expected now
   */
  public void missing(
      Watch watch,
      History history,
      long sinceMicros,
      long nowMicros,
      Norm norm,
      Feedback feedback,
      IncidentListener out) {
    var score = new Score(history.pattern().last(), norm, 0);
    var incident = Incident.suspect(sinceMicros, AnomalyType.missing, score);
    if (!watch.hasOpenIncident() && !watch.excuses(incident, feedback)) {
      watch.follow(incident);
      incident.deviates(nowMicros, score, Severity.warning);
      out.step(incident.step(IncidentStatus.opened, score));
    }
  }

  /** How bad a score is; empty if it is normal, or no number. */
  public Optional<Severity> level(Score score) {
    if (!isBeyond(score, config.sigmas().warning())) {
      return Optional.empty();
    }
    return Optional.of(
        score.magnitude() > config.sigmas().critical() ? Severity.critical : Severity.warning);
  }

  boolean isBeyond(Score score, double sigma) {
    var size = config.size();
    var least = Math.max(size.least(), size.leastPct() / 100 * Math.abs(score.norm().mean()));
    return score.magnitude() > sigma
        && Math.abs(score.deviation()) >= least
        && size.direction().matters(score.deviation());
  }

  static void close(Watch watch, Incident incident, IncidentListener out) {
    out.step(incident.step(IncidentStatus.closed, null));
    watch.remember(incident);
    watch.forget();
  }
}
