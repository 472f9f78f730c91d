package dev.millrace.aggregate.anomaly;

import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.OptionalLong;

/**
 * One step in the life of an incident. Times are microseconds since the epoch.
 *
 * @param revision 0 when opened, then one more each step
 * @param severity the worst so far
 * @param detectedMicros begin of the first anomalous window: with the series, the identity
 * @param updatedMicros end of the latest judged window
 * @param resolvedMicros end of the last anomalous window, once closed
 * @param anomalousWindows so far
 * @param score of the window judged at this step; of the most extreme one once closed
 */
public record IncidentStep(
    IncidentStatus status,
    int revision,
    Severity severity,
    AnomalyType type,
    long detectedMicros,
    long updatedMicros,
    OptionalLong resolvedMicros,
    int anomalousWindows,
    Score score) {}
