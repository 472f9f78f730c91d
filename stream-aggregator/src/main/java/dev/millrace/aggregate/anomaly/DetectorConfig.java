package dev.millrace.aggregate.anomaly;

import java.util.Objects;

/**
 * When a deviation is one, and when deviations are an incident. Immutable.
 *
 * @param warningSigma a window is a warning beyond this many standard deviations
 * @param criticalSigma and critical beyond this many
 * @param immediateSigma one window beyond this many opens an incident by itself
 * @param openAfterCritical consecutive critical windows, to one side, that open an incident
 * @param openAfterWarning consecutive windows, at least warnings, to one side, that do
 * @param closeAfter consecutive normal windows that close it
 * @param mergeGapMicros event time without an anomalous window before it may close; a new one
 *     within it belongs to the same incident
 * @param minDeviation smaller deviations are normal, in the metric's unit
 * @param minDeviationPct smaller deviations are normal, in percent of the expected magnitude
 * @param direction which side matters
 */
public record DetectorConfig(
    double warningSigma,
    double criticalSigma,
    double immediateSigma,
    int openAfterCritical,
    int openAfterWarning,
    int closeAfter,
    long mergeGapMicros,
    double minDeviation,
    double minDeviationPct,
    Direction direction) {

  public DetectorConfig {
    Objects.requireNonNull(direction);
    if (!(warningSigma > 0) || criticalSigma < warningSigma || immediateSigma < criticalSigma) {
      throw new IllegalArgumentException(
          "sigmas must ascend from above 0: warning %s, critical %s, immediate %s"
              .formatted(warningSigma, criticalSigma, immediateSigma));
    }
    if (openAfterCritical < 1 || openAfterWarning < 1 || closeAfter < 1 || mergeGapMicros < 0) {
      throw new IllegalArgumentException(
          "windows to open (%d, %d) and to close (%d) must be at least 1, the gap %d not negative"
              .formatted(openAfterCritical, openAfterWarning, closeAfter, mergeGapMicros));
    }
  }
}
