package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Keeps a state in one piece. */
interface WholeCodec<V> extends StateCodec<V> {

  /** Of states that encode and decode themselves. */
  static <V> WholeCodec<V> of(BiConsumer<V, StateWriter> encode, Function<StateReader, V> decode) {
    return new WholeCodec<>() {
      @Override
      public void encode(V state, StateWriter out) {
        encode.accept(state, out);
      }

      @Override
      public V decode(StateReader in) {
        return decode.apply(in);
      }
    };
  }

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
