package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.Optional;

/**
 * Judges the closed windows of a series against what was expected of them, and makes incidents of
 * those that deviate: spikes above, drops below.
 *
 * <p>One window beyond a threshold is no incident: of normal noise, one in 370 windows lies beyond
 * 3 sigma. An incident opens on one window beyond {@link DetectorConfig#immediateSigma}, or on a
 * run of critical or of warning windows to one side; with the defaults (5; 2; 4) normal noise opens
 * about five in a million windows. It closes after a run of normal windows. Stateless; what is
 * remembered of a series is its {@link Watch}.
 */
public final class Detector {
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
   */
  public void judge(
      Watch watch,
      long beginMicros,
      long endMicros,
      double value,
      Norm norm,
      IncidentListener out) {
    if (beginMicros <= watch.judgedMicros()) {
      return;
    }
    watch.judged(beginMicros);
    var score = new Score(value, norm);
    var level = level(score);
    var incident = watch.incident();
    if (incident.isPresent() && incident.get().isOpen()) {
      goOn(watch, incident.get(), endMicros, score, level, out);
    } else if (level.isPresent()) {
      suspect(watch, beginMicros, endMicros, score, level.get(), out);
    } else {
      watch.forget();
    }
  }

  /** Closes what is open of a series that has fallen silent. */
  public void closeSilent(Watch watch, IncidentListener out) {
    watch.incident().filter(Incident::isOpen).ifPresent(incident -> close(incident, out));
    watch.forget();
  }

  /** How bad a score is; empty if it is normal, or no number. */
  public Optional<Severity> level(Score score) {
    var size = Math.abs(score.deviation());
    var floor = config.minDeviationPct() / 100 * Math.abs(score.norm().mean());
    if (!(score.magnitude() > config.warningSigma())
        || size < config.minDeviation()
        || size < floor
        || !config.direction().matters(score.deviation())) {
      return Optional.empty();
    }
    return Optional.of(
        score.magnitude() > config.criticalSigma() ? Severity.critical : Severity.warning);
  }

  private void suspect(
      Watch watch, long begin, long end, Score score, Severity level, IncidentListener out) {
    var incident =
        watch
            .incident()
            .filter(suspected -> suspected.sameSide(score))
            .orElseGet(() -> Incident.suspect(begin, score));
    watch.follow(incident);
    incident.deviates(end, score, level);
    if (score.magnitude() > config.immediateSigma()
        || incident.criticalRun() >= config.openAfterCritical()
        || incident.windows() >= config.openAfterWarning()) {
      out.step(incident.step(IncidentStatus.opened, score));
    }
  }

  private void goOn(
      Watch watch,
      Incident incident,
      long end,
      Score score,
      Optional<Severity> level,
      IncidentListener out) {
    if (level.isPresent() && incident.sameSide(score)) {
      if (incident.deviates(end, score, level.get())) {
        out.step(incident.step(IncidentStatus.updated, score));
      }
      return;
    }
    incident.isNormal(end);
    if (incident.normalRun() >= config.closeAfter()
        && end - incident.lastEndMicros() >= config.mergeGapMicros()) {
      close(incident, out);
      watch.forget();
    }
  }

  private static void close(Incident incident, IncidentListener out) {
    out.step(incident.step(IncidentStatus.closed, null));
  }
}
