package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.AnomalyType;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.OptionalLong;

/**
 * Deviations that belong together: first suspected, then, once {@link Detector} says so, open, then
 * closed. Not for use by several threads. Memory: about 200 bytes while there is one.
 */
final class Incident {
  /** An open incident is published again when its peak has grown by this factor. */
  private static final double WORSE = 1.25;

  private static final int NOT_OPEN = -1;

  private final long beginMicros;
  private long lastEndMicros;
  private long judgedMicros;
  private int windows;
  private int normalWindows;
  private int criticalRun;
  private int normalRun;
  private int toldRun;
  private int revision = NOT_OPEN;
  private Severity severity = Severity.warning;
  private AnomalyType type;
  private Score peak;
  private double publishedMagnitude;

  private Incident(long beginMicros, AnomalyType type, Score peak) {
    this.beginMicros = beginMicros;
    this.type = type;
    this.peak = peak;
  }

  static Incident suspect(long beginMicros, AnomalyType type, Score first) {
    return new Incident(beginMicros, type, first);
  }

  boolean isOpen() {
    return revision != NOT_OPEN;
  }

  boolean sameSide(Score score) {
    return peak.sameSide(score);
  }

  long beginMicros() {
    return beginMicros;
  }

  AnomalyType type() {
    return type;
  }

  /** Is told of another type; answers whether it is one. */
  boolean becomes(AnomalyType now) {
    var other = type != now;
    type = now;
    return other;
  }

  Score peak() {
    return peak;
  }

  int windows() {
    return windows;
  }

  /** How many windows in a row two answers have told, this one included if it {@code does}. */
  int toldRun(boolean does) {
    toldRun = does ? toldRun + 1 : 0;
    return toldRun;
  }

  int criticalRun() {
    return criticalRun;
  }

  int normalRun() {
    return normalRun;
  }

  /** Share of the windows judged since it began that were anomalous, 0 to 1. */
  double anomalousShare() {
    return (double) windows / (windows + normalWindows);
  }

  long lastEndMicros() {
    return lastEndMicros;
  }

  /** Counts one more anomalous window; answers whether that made it worse. */
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

  /**
   * Counts one more window that is not anomalous.
   *
   * @param fully whether it is as near as a normal one: what is not, ends nothing
   */
  void isNormal(long endMicros, boolean fully) {
    normalWindows++;
    normalRun += fully ? 1 : 0;
    judgedMicros = endMicros;
  }

  /** What was missing is back. */
  void isBack(long beginMicros) {
    lastEndMicros = beginMicros;
    judgedMicros = beginMicros;
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
        type,
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
    out.writeUnsigned(normalWindows);
    out.writeUnsigned(criticalRun);
    out.writeUnsigned(normalRun);
    out.writeUnsigned(toldRun);
    out.writeLong(revision);
    out.writeBoolean(severity == Severity.critical);
    Types.write(type, out);
    out.writeDouble(publishedMagnitude);
    peak.encode(out);
  }

  static Incident decode(StateReader in) {
    var begin = in.readLong();
    var lastEnd = in.readLong();
    var judged = in.readLong();
    var windows = in.readInt();
    var normalWindows = in.readInt();
    var criticalRun = in.readInt();
    var normalRun = in.readInt();
    var toldRun = in.readInt();
    var revision = (int) in.readLong();
    var severity = in.readBoolean() ? Severity.critical : Severity.warning;
    var type = Types.read(in);
    var published = in.readDouble();
    var incident = new Incident(begin, type, Score.decode(in));
    incident.lastEndMicros = lastEnd;
    incident.judgedMicros = judged;
    incident.windows = windows;
    incident.normalWindows = normalWindows;
    incident.criticalRun = criticalRun;
    incident.normalRun = normalRun;
    incident.toldRun = toldRun;
    incident.revision = revision;
    incident.severity = severity;
    incident.publishedMagnitude = published;
    return incident;
  }
}
