package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.OptionalLong;

/**
 * Consecutive deviations to one side: first suspected, then, once {@link Detector} says so, open,
 * then closed. Not for use by several threads. Memory: about 150 bytes while there is one.
 */
final class Incident {
  /** An open incident is published again when its peak has grown by this factor. */
  private static final double WORSE = 1.25;

  private static final int NOT_OPEN = -1;

  private final long beginMicros;
  private long lastEndMicros;
  private long judgedMicros;
  private int windows;
  private int criticalRun;
  private int normalRun;
  private int revision = NOT_OPEN;
  private Severity severity = Severity.warning;
  private Score peak;
  private double publishedMagnitude;

  private Incident(long beginMicros, Score peak) {
    this.beginMicros = beginMicros;
    this.peak = peak;
  }

  static Incident suspect(long beginMicros, Score first) {
    return new Incident(beginMicros, first);
  }

  boolean isOpen() {
    return revision != NOT_OPEN;
  }

  boolean sameSide(Score score) {
    return peak.sameSide(score);
  }

  int windows() {
    return windows;
  }

  int criticalRun() {
    return criticalRun;
  }

  int normalRun() {
    return normalRun;
  }

  long lastEndMicros() {
    return lastEndMicros;
  }

  /** Counts one more window beyond the threshold; answers whether that made it worse. */
  boolean deviates(long endMicros, Score score, Severity level) {
    windows++;
    normalRun = 0;
    lastEndMicros = endMicros;
    judgedMicros = endMicros;
    criticalRun = level == Severity.critical ? criticalRun + 1 : 0;
    if (score.magnitude() > peak.magnitude()) {
      peak = score;
    }
    var worsened = level.compareTo(severity) > 0;
    severity = worsened ? level : severity;
    return worsened || score.magnitude() > publishedMagnitude * WORSE;
  }

  void isNormal(long endMicros) {
    normalRun++;
    judgedMicros = endMicros;
  }

  /** The next step, to be published. */
  IncidentStep step(IncidentStatus status, Score score) {
    revision++;
    publishedMagnitude = peak.magnitude();
    var closed = status == IncidentStatus.closed;
    return new IncidentStep(
        status,
        revision,
        severity,
        peak.deviation() > 0 ? AnomalyType.spike : AnomalyType.drop,
        beginMicros,
        judgedMicros,
        closed ? OptionalLong.of(lastEndMicros) : OptionalLong.empty(),
        windows,
        closed ? peak : score);
  }

  void encode(StateWriter out) {
    out.writeLong(beginMicros);
    out.writeLong(lastEndMicros);
    out.writeLong(judgedMicros);
    out.writeUnsigned(windows);
    out.writeUnsigned(criticalRun);
    out.writeUnsigned(normalRun);
    out.writeLong(revision);
    out.writeBoolean(severity == Severity.critical);
    out.writeDouble(publishedMagnitude);
    peak.encode(out);
  }

  static Incident decode(StateReader in) {
    var begin = in.readLong();
    var lastEnd = in.readLong();
    var judged = in.readLong();
    var windows = in.readInt();
    var criticalRun = in.readInt();
    var normalRun = in.readInt();
    var revision = (int) in.readLong();
    var severity = in.readBoolean() ? Severity.critical : Severity.warning;
    var published = in.readDouble();
    var incident = new Incident(begin, Score.decode(in));
    incident.lastEndMicros = lastEnd;
    incident.judgedMicros = judged;
    incident.windows = windows;
    incident.criticalRun = criticalRun;
    incident.normalRun = normalRun;
    incident.revision = revision;
    incident.severity = severity;
    incident.publishedMagnitude = published;
    return incident;
  }
}
