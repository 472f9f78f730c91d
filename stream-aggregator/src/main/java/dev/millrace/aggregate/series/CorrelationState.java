package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.correlate.CorrelationGroup;
import dev.millrace.aggregate.correlate.GroupRules;

/** One group of series that are compared, when it was last heard of, and what it is within. */
final class CorrelationState {
  private final CorrelationGroup series;
  private long arrivalMs;
  private String within = "";

  CorrelationState(CorrelationGroup series) {
    this.series = series;
  }

  CorrelationGroup series() {
    return series;
  }

  /** When something of it last arrived, by the wall clock. */
  long arrivalMs() {
    return arrivalMs;
  }

  void arrived(long nowMs) {
    arrivalMs = nowMs;
  }

  /** The wider group it was last said to belong to; empty if it never was. */
  String within() {
    return within;
  }

  void within(String wider) {
    within = wider;
  }

  /**
   * A group as bytes, in its parts; the head begins with the arrival, readable without the rest.
   */
  static final class Codec implements StateCodec<CorrelationState> {
    private final GroupRules rules;

    Codec(GroupRules rules) {
      this.rules = rules;
    }

    @Override
    public int parts() {
      return CorrelationGroup.PARTS;
    }

    @Override
    public int changed(CorrelationState state) {
      return 1 << CorrelationGroup.HEAD | state.series.changed();
    }

    @Override
    public void encode(CorrelationState state, int part, StateWriter out) {
      if (part == CorrelationGroup.HEAD) {
        out.writeFixedLong(state.arrivalMs);
        out.writeText(state.within);
      }
      state.series.encode(part, out);
    }

    @Override
    public CorrelationState decode(StateReader[] parts) {
      var head = parts[CorrelationGroup.HEAD];
      var arrival = head.readFixedLong();
      var within = head.readText();
      var state = new CorrelationState(CorrelationGroup.decode(parts, rules));
      state.arrived(arrival);
      state.within(within);
      return state;
    }
  }

  /** When a group that is kept was last heard of, by the wall clock. */
  static long arrivalMs(Entry<CorrelationState> entry) {
    var unread = entry.peek();
    return unread == null ? entry.value().arrivalMs : unread.readFixedLong();
  }
}
