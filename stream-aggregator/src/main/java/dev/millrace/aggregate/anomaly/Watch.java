package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.AnomalyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the detector remembers of its decisions about one series: up to where it judged, the
 * incident that is suspected or open, the latest alarm, and the latest incidents that were. Not for
 * use by several threads. Memory: 60 bytes, and 40 an incident that was, at most {@value #PASTS}.
 */
public final class Watch {
  private static final int PASTS = 8;

  /** Within the cool-down, only what is so much rarer than the latest alarm is another. */
  private static final double RARER = 1.3;

  /** Or by so much larger. */
  private static final double LARGER = 2;

  private long judgedMicros = Long.MIN_VALUE;
  private long alarmMicros = Long.MIN_VALUE;
  private double alarmRarity;
  private double alarmMagnitude;
  private Incident incident;
  private final List<Past> pasts = new ArrayList<>(0);

  /** Begin of the latest window judged; {@link Long#MIN_VALUE} before the first. */
  public long judgedMicros() {
    return judgedMicros;
  }

  void judged(long beginMicros) {
    judgedMicros = beginMicros;
  }

  Optional<Incident> incident() {
    return Optional.ofNullable(incident);
  }

  void follow(Incident suspected) {
    incident = suspected;
  }

  void forget() {
    incident = null;
  }

  /** Keeps what is needed to know the like of an incident; the oldest goes, excused ones last. */
  void remember(Incident was) {
    if (pasts.size() == PASTS) {
      var oldest = pasts.stream().filter(past -> !past.excused()).findFirst();
      pasts.remove(oldest.orElse(pasts.get(0)));
    }
    pasts.add(Past.of(was));
  }

  /** Whether an incident is like one that people have excused. */
  boolean excuses(Incident suspected, Feedback feedback) {
    pasts.replaceAll(
        past -> past.excused() || !feedback.excuses(past.detectedMicros()) ? past : past.excuse());
    return pasts.stream().anyMatch(past -> past.excused() && past.isLike(suspected));
  }

  /** Whether a window is no rarer than what was alarmed of a short time ago. */
  boolean cools(long beginMicros, Score score, long coolDownMicros) {
    return alarmMicros != Long.MIN_VALUE
        && beginMicros - alarmMicros <= coolDownMicros
        && score.rarity() <= RARER * alarmRarity
        && score.magnitude() <= LARGER * alarmMagnitude;
  }

  void alarmed(long beginMicros, Score score) {
    alarmMicros = beginMicros;
    alarmRarity = score.rarity();
    alarmMagnitude = score.magnitude();
  }

  /** Whether an incident is open. */
  public boolean hasOpenIncident() {
    return incident != null && incident.isOpen();
  }

  /** The type of the incident that is open, if one is. */
  public Optional<AnomalyType> open() {
    return hasOpenIncident() ? Optional.of(incident.type()) : Optional.empty();
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(judgedMicros);
    out.writeFixedLong(alarmMicros);
    out.writeDouble(alarmRarity);
    out.writeDouble(alarmMagnitude);
    out.writeBoolean(incident != null);
    if (incident != null) {
      incident.encode(out);
    }
    out.writeByte(pasts.size());
    pasts.forEach(past -> past.encode(out));
  }

  public static Watch decode(StateReader in) {
    var watch = new Watch();
    watch.judgedMicros = in.readFixedLong();
    watch.alarmMicros = in.readFixedLong();
    watch.alarmRarity = in.readDouble();
    watch.alarmMagnitude = in.readDouble();
    watch.incident = in.readBoolean() ? Incident.decode(in) : null;
    for (var left = in.readByte(); left > 0; left--) {
      watch.pasts.add(Past.decode(in));
    }
    return watch;
  }
}
