package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Optional;

/**
 * What the detector remembers of one series: up to where it judged, and the incident that is
 * suspected or open. Not for use by several threads.
 */
public final class Watch {
  private long judgedMicros = Long.MIN_VALUE;
  private Incident incident;

  /** Begin of the latest window judged; {@link Long#MIN_VALUE} before the first. */
  long judgedMicros() {
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

  /** Whether an incident is open. */
  public boolean hasOpenIncident() {
    return incident != null && incident.isOpen();
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(judgedMicros);
    out.writeBoolean(incident != null);
    if (incident != null) {
      incident.encode(out);
    }
  }

  public static Watch decode(StateReader in) {
    var watch = new Watch();
    watch.judgedMicros = in.readFixedLong();
    watch.incident = in.readBoolean() ? Incident.decode(in) : null;
    return watch;
  }
}
