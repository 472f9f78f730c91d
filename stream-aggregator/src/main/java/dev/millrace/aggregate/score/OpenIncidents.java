package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The incidents of one entity, and which were open at a time: from the first step that was seen
 * until the step that closed it. One that is never closed is no longer counted a week after its
 * last step. Of one that was closed, and whose opening was never seen, nothing is kept. Times are
 * microseconds since the epoch.
 *
 * <p>Kept are those that are open, and those that were closed in the hours that may yet be scored
 * again: some 250 bytes each. Not for use by several threads.
 */
public final class OpenIncidents {
  static final long AGED = Duration.ofDays(7).toNanos() / 1_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final Map<String, Incident> byId = new TreeMap<>();

  private static final class Incident {
    private final Map<Severity, Long> since = new EnumMap<>(Severity.class);
    private int revision;
    private long latest;
    private long closed = NEVER;

    /** Takes a severity; answers whether it is graver than before. */
    private boolean rise(Severity severity, long micros) {
      var risen = since.keySet().stream().allMatch(known -> known.compareTo(severity) < 0);
      if (risen) {
        since.put(severity, micros);
      }
      return risen;
    }

    private boolean isOpen(long micros) {
      return micros < closed && micros - latest < AGED;
    }

    /** How grave it was at a time; empty before it opened. */
    private Optional<Severity> at(long micros) {
      return since.entrySet().stream()
          .filter(each -> each.getValue() <= micros)
          .map(Map.Entry::getKey)
          .max(Comparator.naturalOrder());
    }
  }

  /** Takes a step; answers whether an incident opened, closed or became graver. */
  public boolean take(long micros, Fact.Step step) {
    var closes = step.status() == IncidentStatus.closed;
    var known = byId.get(step.incident());
    if (known == null && closes) {
      return true;
    }
    if (known == null) {
      known = new Incident();
      byId.put(step.incident(), known);
    } else if (step.revision() <= known.revision) {
      return false;
    }
    known.revision = step.revision();
    known.latest = micros;
    var rose = known.rise(step.severity(), micros);
    var turned = closes != (known.closed != NEVER);
    known.closed = closes ? micros : NEVER;
    return rose || turned;
  }

  /** How many of each severity were open at a time. */
  public Map<Severity, Integer> at(long micros) {
    var active = new EnumMap<Severity, Integer>(Severity.class);
    for (var incident : byId.values()) {
      if (incident.isOpen(micros)) {
        incident.at(micros).ifPresent(severity -> active.merge(severity, 1, Integer::sum));
      }
    }
    return active;
  }

  /** Forgets what was closed, or is too old, before a time. */
  public void forget(long micros) {
    byId.values().removeIf(each -> !each.isOpen(micros) && each.latest < micros);
  }

  /** How many are kept. */
  public int size() {
    return byId.size();
  }

  void encode(StateWriter out) {
    out.writeUnsigned(byId.size());
    byId.forEach(
        (id, incident) -> {
          Texts.write(id, out);
          out.writeUnsigned(incident.revision);
          out.writeLong(incident.latest);
          out.writeLong(incident.closed);
          out.writeUnsigned(incident.since.size());
          incident.since.forEach(
              (severity, micros) -> {
                Texts.write(severity.name(), out);
                out.writeLong(micros);
              });
        });
  }

  static OpenIncidents decode(StateReader in) {
    var incidents = new OpenIncidents();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      var incident = new Incident();
      incidents.byId.put(Texts.read(in), incident);
      incident.revision = in.readInt();
      incident.latest = in.readLong();
      incident.closed = in.readLong();
      var severities = in.readInt();
      for (var s = 0; s < severities; s++) {
        incident.since.put(Severity.valueOf(Texts.read(in)), in.readLong());
      }
    }
    return incidents;
  }
}
