package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The incidents of an entity that hours to come may have to tell of: at most {@link #MAX}; beyond,
 * the oldest is forgotten. One thread; times are microseconds since the epoch.
 */
public final class EntityCases {
  static final int MAX = 256;

  /** One of which nothing more is told is forgotten after so long. */
  private static final long KEEP = Duration.ofDays(7).toMillis() * 1_000;

  private static final Comparator<Case> OLDEST_FIRST =
      Comparator.<Case>comparingLong(each -> each.incident().orElseThrow().from())
          .thenComparing(Case::id);

  private final Map<String, Case> cases = new TreeMap<>();
  private long told = Long.MIN_VALUE;

  /** Takes the latest of a case, of which the incident is known. */
  public void take(Case latest) {
    cases.put(latest.id(), latest);
    if (cases.size() > MAX) {
      cases.values().stream().min(OLDEST_FIRST).ifPresent(oldest -> cases.remove(oldest.id()));
    }
  }

  /** The incidents that were open in an hour, the oldest first; those before it are forgotten. */
  public List<Case> in(long begin, long end) {
    told = Math.max(told, end);
    cases.values().removeIf(each -> isOver(each.incident().orElseThrow(), begin));
    return cases.values().stream()
        .filter(each -> each.incident().orElseThrow().from() < end)
        .sorted(OLDEST_FIRST)
        .toList();
  }

  private static boolean isOver(Incident incident, long begin) {
    return incident.to() <= begin || incident.updated() < begin - KEEP;
  }

  /** Whether an hour in which an incident was open has been told of. */
  public boolean isTold(Case known) {
    return known.incident().orElseThrow().from() < told;
  }

  int size() {
    return cases.size();
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(told);
    out.writeUnsigned(cases.size());
    cases.values().forEach(each -> each.encode(out));
  }

  public static EntityCases decode(StateReader in) {
    var read = new EntityCases();
    read.told = in.readFixedLong();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      read.take(Case.decode(in));
    }
    return read;
  }
}
