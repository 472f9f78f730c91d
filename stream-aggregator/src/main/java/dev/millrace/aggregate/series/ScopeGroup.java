package dev.millrace.aggregate.series;

import dev.millrace.aggregate.baseline.SlotGroup;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** One group of season slots of one scope, and when it was last learned. Used by one thread. */
final class ScopeGroup {
  private final SlotGroup slots;
  private long learnedMs;

  ScopeGroup(SlotGroup slots) {
    this.slots = slots;
  }

  SlotGroup slots() {
    return slots;
  }

  void learned(long nowMs) {
    learnedMs = nowMs;
  }

  /** A group as bytes: when it was learned (readable without the rest), then its slots. */
  static final class Codec implements WholeCodec<ScopeGroup> {

    @Override
    public void encode(ScopeGroup state, StateWriter out) {
      out.writeFixedLong(state.learnedMs);
      state.slots.encode(out);
    }

    @Override
    public ScopeGroup decode(StateReader in) {
      var learned = in.readFixedLong();
      var group = new ScopeGroup(SlotGroup.decode(in));
      group.learned(learned);
      return group;
    }
  }

  /** When a group that is kept was last learned, by the wall clock. */
  static long learnedMs(Entry<ScopeGroup> entry) {
    var unread = entry.peek();
    return unread == null ? entry.value().learnedMs : unread.readFixedLong();
  }
}
