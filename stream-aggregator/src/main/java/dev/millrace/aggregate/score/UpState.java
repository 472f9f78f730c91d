package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Whether an entity was up at a time, as its readings say: down from the reading on that made as
 * many misses in a row as it takes, up again with the first that is up. The last 32 changes are
 * known; of an entity that changes more often, the time before them is not. Readings must come in
 * the order of their time; those that do not are passed over. Times are microseconds since the
 * epoch. Some 100 bytes, 1 KB at most; not for use by several threads.
 */
public final class UpState {
  private static final int MOST_CHANGES = 32;

  private final Deque<Change> changes = new ArrayDeque<>(2); // the latest first
  private long latest = Long.MIN_VALUE;
  private int misses;

  private record Change(long micros, boolean down) {}

  /** Takes a reading; answers from when on that changes what was known before. */
  public OptionalLong take(long micros, boolean up, int missesOfDown) {
    if (micros <= latest) {
      return OptionalLong.empty();
    }
    latest = micros;
    misses = up ? 0 : Math.min(misses + 1, missesOfDown);
    var down = misses == missesOfDown;
    if (!changes.isEmpty() && changes.peekFirst().down() == down) {
      return OptionalLong.empty();
    }
    changes.addFirst(new Change(micros, down));
    if (changes.size() > MOST_CHANGES) {
      changes.removeLast();
    }
    return down || changes.size() > 1 ? OptionalLong.of(micros) : OptionalLong.empty();
  }

  /** Whether it is known to have been down at a time. */
  public boolean isDown(long micros, Scoring.State state) {
    if (micros - latest > state.holds().toNanos() / 1_000) {
      return false;
    }
    for (var change : changes) {
      if (change.micros() <= micros) {
        return change.down();
      }
    }
    return false;
  }

  void encode(StateWriter out) {
    out.writeFixedLong(latest);
    out.writeUnsigned(misses);
    out.writeUnsigned(changes.size());
    for (var change : changes) {
      out.writeLong(change.micros());
      out.writeBoolean(change.down());
    }
  }

  static UpState decode(StateReader in) {
    var state = new UpState();
    state.latest = in.readFixedLong();
    state.misses = in.readInt();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      state.changes.addLast(new Change(in.readLong(), in.readBoolean()));
    }
    return state;
  }
}
