package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.History;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.residual.ResidualWindow;
import dev.millrace.aggregate.rules.SeriesRules;
import dev.millrace.aggregate.window.SeriesWindows;
import dev.millrace.schema.insight.AnomalyType;
import java.util.Optional;

/**
 * Everything that is kept of one series: its windows, its incident and what it has done so far, who
 * it is, and when it last arrived. Used by one thread.
 */
final class SeriesState {
  private final int measure;
  private final byte[] metric;
  private final SeriesWindows windows;
  private final Watch watch;
  private byte[] identity;
  private History history;
  private ResidualWindow residuals = new ResidualWindow();
  private long arrivalMs;
  private StoredScope.Scope scope;
  private SeriesRules rules;

  SeriesState(int measure, byte[] metric, byte[] identity, SeriesWindows windows, Watch watch) {
    this.measure = measure;
    this.metric = metric;
    this.identity = identity;
    this.windows = windows;
    this.watch = watch;
  }

  /** Index of the folded field in the fold's measures. */
  int measure() {
    return measure;
  }

  /** The name of the metric, in UTF-8. */
  byte[] metric() {
    return metric;
  }

  SeriesWindows windows() {
    return windows;
  }

  Watch watch() {
    return watch;
  }

  /** What it has done so far, to be added to; made when it is first asked for. */
  History history() {
    if (history == null) {
      history = new History();
    }
    return history;
  }

  /** The same, if it was ever asked for. */
  Optional<History> knownHistory() {
    return Optional.ofNullable(history);
  }

  /** The five minutes of what a baseline does not explain that are under way. */
  ResidualWindow residuals() {
    return residuals;
  }

  void judgedSoFar(History itsHistory, ResidualWindow itsResiduals) {
    history = itsHistory;
    residuals = itsResiduals;
  }

  /** Dimensions and latest labels, encoded; see {@link FoldPlan}. */
  byte[] identity() {
    return identity;
  }

  void identity(byte[] latest) {
    identity = latest;
    rules = null;
  }

  /** When the latest sample arrived, by the wall clock. */
  long arrivalMs() {
    return arrivalMs;
  }

  void arrived(long nowMs) {
    arrivalMs = nowMs;
  }

  /** Its baseline scope, once it was asked for; or null. */
  StoredScope.Scope scope() {
    return scope;
  }

  void scope(StoredScope.Scope its) {
    scope = its;
  }

  /** The rules that hold for it, once they were asked for; or null. */
  SeriesRules rules() {
    return rules;
  }

  void rules(SeriesRules its) {
    rules = its;
  }

  /** Whether nothing is left to publish until another sample comes. */
  boolean quiet() {
    return windows.open() == 0
        && watch.open().filter(type -> type != AnomalyType.missing).isEmpty();
  }
}
