package dev.millrace.aggregate.anomaly;

import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.Optional;

/** What is made of one window of one series. Short-lived: its parts need not be handed around. */
final class Decision {
  /** A lasting deviation is a new level if so many of its windows were anomalous. */
  private static final double LASTING = 0.8;

  /** What two of four answers say, against what all say. */
  private static final double LESS_TELLING = 0.9;

  private static final int TWICE = 2;

  /** A deviation that its run explains by so much has crept up. */
  private static final double EXPLAINED = 0.5;

  /** A window and what is thought of it. */
  record Judged(long begin, long end, Score score, Optional<Severity> level) {}

  private final Detector detector;

  private final DetectorConfig config;
  private final Watch watch;
  private final History history;
  private final Feedback feedback;
  private final IncidentListener out;

  Decision(
      Detector detector, Watch watch, History history, Feedback feedback, IncidentListener out) {
    this.detector = detector;
    this.config = detector.config();
    this.watch = watch;
    this.history = history;
    this.feedback = feedback;
    this.out = out;
  }

  double of(Judged window) {
    watch.incident().filter(each -> each.type() == AnomalyType.missing).ifPresent(this::back);
    var rarity = window.score().rarity();
    var fresh =
        window.level().isPresent()
            && !watch.cools(window.begin(), window.score(), config.ending().coolDownMicros());
    var rare = fresh && rarity >= config.opening().rarity() && !isYoung();
    var incident = watch.incident();
    if (incident.isPresent() && incident.get().isOpen()) {
      goOn(incident.get(), window, rare);
    } else {
      consider(window, fresh, rare);
    }
    history.rarity().learn(rare || isSuspect());
    if (rare) {
      watch.alarmed(window.begin(), window.score());
    }
    return fresh ? window.score().anomaly() : window.score().anomaly() / 2;
  }

  /** Whether something is open or on the way to be: it must not make itself usual meanwhile. */
  private boolean isSuspect() {
    return watch.incident().filter(each -> each.isOpen() || each.criticalRun() > 1).isPresent();
  }

  private void back(Incident missing) {
    missing.isBack(watch.judgedMicros());
    Detector.close(watch, missing, out);
  }

  private boolean isYoung() {
    return history.rarity().seen() <= config.opening().warmUp();
  }

  private void consider(Judged window, boolean fresh, boolean rare) {
    var odd = isFlat() || isSwinging() || (fresh && isCreeping(window.score()));
    if (window.level().isEmpty() && !odd) {
      watch.forget();
      return;
    }
    var incident =
        watch
            .incident()
            .filter(suspected -> suspected.sameSide(window.score()))
            .orElseGet(() -> Incident.suspect(window.begin(), type(window), window.score()));
    watch.follow(incident);
    incident.becomes(type(window));
    incident.deviates(window.end(), window.score(), window.level().orElse(Severity.warning));
    if (odd || rare || (isYoung() ? opensYoung(incident, window.score()) : tell(incident, fresh))) {
      open(incident, window);
    }
  }

  private void open(Incident incident, Judged window) {
    if (watch.excuses(incident, feedback)) {
      watch.forget();
    } else {
      watch.alarmed(window.begin(), window.score());
      out.step(incident.step(IncidentStatus.opened, window.score()));
    }
  }

  /** What two answers say must be said twice, and more clearly than by all. */
  private boolean tell(Incident incident, boolean fresh) {
    var told = history.rarity().ofTwo() * LESS_TELLING >= config.opening().rarity();
    return incident.toldRun(told && fresh) >= TWICE;
  }

  private boolean opensYoung(Incident incident, Score score) {
    var opening = config.opening();
    return score.norm().samples() >= opening.known()
        && (score.magnitude() > config.sigmas().immediate()
            || incident.criticalRun() >= opening.afterCritical()
            || incident.windows() >= opening.afterWarning());
  }

  private AnomalyType type(Judged window) {
    if (isFlat()) {
      return AnomalyType.flatline;
    }
    if (isSwinging()) {
      return AnomalyType.oscillation;
    }
    var deviation = window.score().deviation();
    var unexplained = Math.abs(deviation - history.rarity().run());
    if (history.pattern().away() >= config.patterns().trend()
        && unexplained < EXPLAINED * Math.abs(deviation)) {
      return AnomalyType.trend;
    }
    return deviation > 0 ? AnomalyType.spike : AnomalyType.drop;
  }

  private boolean isFlat() {
    return history.pattern().isFlat(config.patterns().flatline());
  }

  /** Far off for long, on the mean: what creeps is never rare, for it was nearly as far before. */
  private boolean isCreeping(Score score) {
    var run = history.rarity().run();
    return history.pattern().away() >= config.patterns().trend()
        && Math.abs(run) > config.sigmas().warning() * score.norm().stddev()
        && config.size().direction().matters(run);
  }

  private boolean isSwinging() {
    return history.pattern().alternations() >= config.patterns().alternations();
  }

  private void goOn(Incident incident, Judged window, boolean alarm) {
    var score = window.score();
    if (isFlat() || window.level().isPresent()) {
      var worse = incident.deviates(window.end(), score, window.level().orElse(Severity.warning));
      var other = isSwinging() && incident.becomes(AnomalyType.oscillation);
      if (!lasts(incident, window) && (worse || alarm || other)) {
        goOn(incident, score);
      }
      return;
    }
    incident.isNormal(window.end(), !detector.isBeyond(score, config.sigmas().normal()));
    if (incident.normalRun() >= config.ending().after()
        && window.end() - incident.lastEndMicros() >= config.ending().mergeGapMicros()) {
      Detector.close(watch, incident, out);
    }
  }

  private void goOn(Incident incident, Score score) {
    if (feedback.excuses(incident.beginMicros())) {
      Detector.close(watch, incident, out);
    } else {
      out.step(incident.step(IncidentStatus.updated, score));
    }
  }

  /** Ends an incident that has lasted: its level is the new normal. */
  private boolean lasts(Incident incident, Judged window) {
    if (!Types.hasSide(incident.type())
        || window.end() - incident.beginMicros() < config.ending().levelChangeMicros()
        || incident.anomalousShare() < LASTING) {
      return false;
    }
    incident.becomes(AnomalyType.level_change);
    Detector.close(watch, incident, out);
    out.levelChanged(history.rarity().run());
    history.rarity().settle();
    return true;
  }
}
