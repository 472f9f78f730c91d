package dev.millrace.aggregate.group;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One group of incidents: the time from the begin of its first to that of its latest, and who may
 * be the root. However many incidents it has, it remembers those alone that began at once with the
 * first, and of these the likeliest {@value #MOST}. Not for use by several threads. Memory: some
 * 200 bytes, and 100 for each that may be the root.
 */
final class Burst {
  static final int MOST = 64;

  /** What begins together may be heard of this much later: by a topic that is read behind. */
  private static final long KEEP_CLOSED_MS = TimeUnit.DAYS.toMillis(1);

  private static final long KEEP_OPEN_MS = TimeUnit.DAYS.toMillis(30);

  private final UUID id;
  private long firstMicros;
  private long latestMicros;
  private int open;
  private long heardMs;
  private final List<Onset> candidates = new ArrayList<>(1);

  private Burst(UUID id, long firstMicros, long latestMicros) {
    this.id = id;
    this.firstMicros = firstMicros;
    this.latestMicros = latestMicros;
  }

  /** A group whose id follows from the incident that was heard of first. */
  static Burst of(Onset onset) {
    var name = ("group\n" + onset.incident()).getBytes(StandardCharsets.UTF_8);
    return new Burst(UUID.nameUUIDFromBytes(name), onset.micros(), onset.micros());
  }

  UUID id() {
    return id;
  }

  /** Of those that began at once with the first, the likeliest. */
  UUID root() {
    return Collections.min(candidates, Onset.ROOT_FIRST).incident();
  }

  long firstMicros() {
    return firstMicros;
  }

  /** How far a time is from this group; 0 within it. */
  long distance(long micros) {
    return Math.max(0, Math.max(firstMicros - micros, micros - latestMicros));
  }

  /** Whether an incident that begins then belongs to it. */
  boolean takes(long micros, GroupConfig config) {
    var distance = distance(micros);
    return distance == 0
        || (distance <= config.gapMicros()
            && latestMicros - firstMicros + distance <= config.longestMicros());
  }

  /** Takes a step of an incident that belongs to it. */
  void take(Onset onset, IncidentStatus status, long nowMs, GroupConfig config) {
    if (status == IncidentStatus.opened) {
      open++;
    } else if (status == IncidentStatus.closed) {
      open = Math.max(0, open - 1);
    }
    heardMs = nowMs;
    firstMicros = Math.min(firstMicros, onset.micros());
    latestMicros = Math.max(latestMicros, onset.micros());
    candidates.removeIf(other -> other.incident().equals(onset.incident()));
    candidates.add(onset);
    candidates.removeIf(each -> each.micros() - firstMicros > config.atOnceMicros());
    if (candidates.size() > MOST) {
      candidates.remove(Collections.max(candidates, Onset.ROOT_FIRST));
    }
  }

  /** When nothing asks for it any more, by the wall clock. */
  long forgetAtMs() {
    return heardMs + (open > 0 ? KEEP_OPEN_MS : KEEP_CLOSED_MS);
  }

  void encode(StateWriter out) {
    StateTexts.writeId(id, out);
    out.writeLong(firstMicros);
    out.writeLong(latestMicros);
    out.writeUnsigned(open);
    out.writeLong(heardMs);
    out.writeUnsigned(candidates.size());
    candidates.forEach(each -> each.encode(out));
  }

  static Burst decode(StateReader in) {
    var burst = new Burst(StateTexts.readId(in), in.readLong(), in.readLong());
    burst.open = in.readInt();
    burst.heardMs = in.readLong();
    for (var left = in.readInt(); left > 0; left--) {
      burst.candidates.add(Onset.decode(in));
    }
    return burst;
  }
}
