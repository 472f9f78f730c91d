package dev.millrace.aggregate.group;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The groups of incidents that share one thing: a site, a device. They never overlap in time, so
 * that all steps of an incident, which share its begin, find the same group, and no incident need
 * be remembered. A group that nothing is open of is forgotten after a day, others after 30 days
 * without a step, and beyond {@value #MOST} the one that would be forgotten first: an incident of
 * it that is heard of again begins a group anew. Not for use by several threads. In the changelog
 * 45 bytes a group, and 26 for each incident that may be its root; 110 KB at most.
 */
public final class Bursts {
  static final int MOST = 64;

  private static final Comparator<Burst> FORGOTTEN_FIRST =
      Comparator.comparingLong(Burst::forgetAtMs);

  private final List<Burst> bursts = new ArrayList<>(1);

  /**
   * Where an incident belongs.
   *
   * @param group id of its group
   * @param root the incident that the others of the group probably come from
   */
  public record Assigned(UUID group, UUID root) {}

  /** Takes a step of an incident, and says where it belongs. */
  public Assigned take(Onset onset, IncidentStatus status, long nowMs, GroupConfig config) {
    bursts.removeIf(each -> each.forgetAtMs() <= nowMs);
    var burst = nearest(onset.micros(), config).orElseGet(() -> begin(onset));
    burst.take(onset, status, nowMs, config);
    var assigned = new Assigned(burst.id(), burst.root());
    if (bursts.size() > MOST) {
      bursts.remove(bursts.stream().min(FORGOTTEN_FIRST).orElseThrow());
    }
    return assigned;
  }

  /** Of two as near, the earlier. The nearest is a neighbour: no group grows over another. */
  private Optional<Burst> nearest(long micros, GroupConfig config) {
    return bursts.stream()
        .filter(each -> each.takes(micros, config))
        .min(
            Comparator.<Burst>comparingLong(each -> each.distance(micros))
                .thenComparingLong(Burst::firstMicros));
  }

  private Burst begin(Onset onset) {
    var burst = Burst.of(onset);
    bursts.add(burst);
    return burst;
  }

  /** When nothing asks for any of them any more, by the wall clock. */
  public long forgetAtMs() {
    return bursts.stream().mapToLong(Burst::forgetAtMs).max().orElse(0);
  }

  /** First of all, in eight bytes, when it may be forgotten. */
  public void encode(StateWriter out) {
    out.writeFixedLong(forgetAtMs());
    out.writeUnsigned(bursts.size());
    bursts.forEach(each -> each.encode(out));
  }

  public static Bursts decode(StateReader in) {
    in.readFixedLong();
    var all = new Bursts();
    for (var left = in.readInt(); left > 0; left--) {
      all.bursts.add(Burst.decode(in));
    }
    return all;
  }
}
