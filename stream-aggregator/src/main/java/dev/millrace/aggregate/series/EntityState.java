package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.learn.EntityCases;
import dev.millrace.aggregate.learn.Whose;

/** The incidents of one entity, whose they are, and when something of it last arrived. */
final class EntityState {
  private final EntityCases cases;
  private long arrivalMs;
  private Whose whose = Whose.NOBODY;

  EntityState(EntityCases cases) {
    this.cases = cases;
  }

  EntityCases cases() {
    return cases;
  }

  void arrived(long nowMs) {
    arrivalMs = nowMs;
  }

  /** As its latest hour says. */
  Whose whose() {
    return whose;
  }

  void whose(Whose latest) {
    whose = latest;
  }

  /** As bytes; the arrival first, readable without the rest. */
  static final class Codec implements WholeCodec<EntityState> {

    @Override
    public void encode(EntityState state, StateWriter out) {
      out.writeFixedLong(state.arrivalMs);
      state.whose.encode(out);
      state.cases.encode(out);
    }

    @Override
    public EntityState decode(StateReader in) {
      var arrival = in.readFixedLong();
      var whose = Whose.decode(in);
      var state = new EntityState(EntityCases.decode(in));
      state.arrived(arrival);
      state.whose(whose);
      return state;
    }
  }

  /** When an entity that is kept was last heard of, by the wall clock. */
  static long arrivalMs(Entry<EntityState> entry) {
    var unread = entry.peek();
    return unread == null ? entry.value().arrivalMs : unread.readFixedLong();
  }
}
