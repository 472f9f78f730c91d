package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.learn.Case;

/** What is known of one incident, and when something of it last arrived. */
final class CaseState {
  private Case known;
  private long arrivalMs;

  CaseState(Case known) {
    this.known = known;
  }

  Case known() {
    return known;
  }

  void become(Case latest, long nowMs) {
    known = latest;
    arrivalMs = nowMs;
  }

  /** As bytes; the arrival first, readable without the rest. */
  static final class Codec implements WholeCodec<CaseState> {

    @Override
    public void encode(CaseState state, StateWriter out) {
      out.writeFixedLong(state.arrivalMs);
      state.known.encode(out);
    }

    @Override
    public CaseState decode(StateReader in) {
      var arrival = in.readFixedLong();
      var state = new CaseState(Case.decode(in));
      state.arrivalMs = arrival;
      return state;
    }
  }

  /** When something of a case that is kept last arrived, by the wall clock. */
  static long arrivalMs(Entry<CaseState> entry) {
    var unread = entry.peek();
    return unread == null ? entry.value().arrivalMs : unread.readFixedLong();
  }
}
