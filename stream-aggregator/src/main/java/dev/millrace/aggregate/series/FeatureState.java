package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.learn.HourFeatures;
import dev.millrace.aggregate.learn.Whose;

/** The hours of one entity that are under way, whose they are, and when it was last heard of. */
final class FeatureState {
  private final HourFeatures hours;
  private long arrivalMs;
  private Whose whose = Whose.NOBODY;

  FeatureState(HourFeatures hours) {
    this.hours = hours;
  }

  HourFeatures hours() {
    return hours;
  }

  void arrived(long nowMs) {
    arrivalMs = nowMs;
  }

  /** As its latest residual says. */
  Whose whose() {
    return whose;
  }

  void whose(Whose latest) {
    whose = latest;
  }

  /** As bytes; the arrival first, readable without the rest. */
  static final class Codec implements WholeCodec<FeatureState> {

    @Override
    public void encode(FeatureState state, StateWriter out) {
      out.writeFixedLong(state.arrivalMs);
      state.whose.encode(out);
      state.hours.encode(out);
    }

    @Override
    public FeatureState decode(StateReader in) {
      var arrival = in.readFixedLong();
      var whose = Whose.decode(in);
      var state = new FeatureState(HourFeatures.decode(in));
      state.arrived(arrival);
      state.whose(whose);
      return state;
    }
  }

  /** When an entity that is kept was last heard of, by the wall clock. */
  static long arrivalMs(Entry<FeatureState> entry) {
    var unread = entry.peek();
    return unread == null ? entry.value().arrivalMs : unread.readFixedLong();
  }
}
