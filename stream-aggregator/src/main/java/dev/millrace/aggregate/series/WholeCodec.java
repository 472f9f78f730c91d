package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** Keeps a state in one piece. */
interface WholeCodec<V> extends StateCodec<V> {

  void encode(V state, StateWriter out);

  V decode(StateReader in);

  @Override
  default int parts() {
    return 1;
  }

  @Override
  default int changed(V state) {
    return 1;
  }

  @Override
  default void encode(V state, int part, StateWriter out) {
    encode(state, out);
  }

  @Override
  default V decode(StateReader[] parts) {
    return decode(parts[0]);
  }
}
