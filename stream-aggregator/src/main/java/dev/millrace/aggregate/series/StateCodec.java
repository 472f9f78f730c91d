package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** How the states of one store become bytes, and back. Used by one thread at a time. */
interface StateCodec<V> {

  void encode(V state, StateWriter out);

  V decode(StateReader in);
}
