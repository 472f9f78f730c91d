package dev.millrace.aggregate.rollup;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of one group on one day, each in its latest form. Costs what its parts do: some hundred
 * bytes a row. One thread.
 */
public final class GroupDay {
  private final long group;
  private final long day;
  private final Map<String, Part> parts = new HashMap<>();
  private long arrivalMs;
  private boolean changed;

  /** An empty one. */
  public GroupDay(long group, long day) {
    this.group = group;
    this.day = day;
  }

  /** The value of the group's field. */
  public long group() {
    return group;
  }

  /** Days since the epoch. */
  public long day() {
    return day;
  }

  /** When the latest part arrived, by the wall clock. */
  public long arrivalMs() {
    return arrivalMs;
  }

  /** Takes a part. */
  public void take(Part part, long nowMs) {
    arrivalMs = nowMs;
    changed |= !part.equals(parts.put(part.input() + "|" + part.row(), part));
  }

  /** Whether it holds what has not been published. */
  public boolean changed() {
    return changed;
  }

  public void published() {
    changed = false;
  }

  Iterable<Part> parts() {
    return parts.values();
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(arrivalMs);
    out.writeLong(group);
    out.writeLong(day);
    out.writeBoolean(changed);
    out.writeUnsigned(parts.size());
    parts.values().forEach(part -> part.encode(out));
  }

  public static GroupDay decode(StateReader in) {
    var arrival = in.readFixedLong();
    var state = new GroupDay(in.readLong(), in.readLong());
    var changed = in.readBoolean();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      state.take(Part.decode(in), arrival);
    }
    state.changed = changed;
    return state;
  }
}
